import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOST_ATTEMPTS } from '../../../src/delivery/attempts.ts';
import { createNotices } from '../../../src/office/notices.ts';
import type { MessagePart, MessageRef } from '../../../src/office/staff/message-part.ts';
import { openWords } from './desk-of-words.ts';

let at: Awaited<ReturnType<typeof openWords>>;

beforeEach(async () => {
  at = await openWords();
});
afterEach(async () => {
  expect(await at.waiting()).toEqual([]);
  await at.close();
});

const RESIDENT = 701;

async function inTalk(): Promise<{ number: number; topic: number }> {
  const number = await at.opened(RESIDENT, 'Почему так много?');
  await at.left();
  return { number, topic: Number((await at.row(number)).thread?.split('/')[1]) };
}

const refuse = (method: string, description: string) =>
  at.telegram.interfereWith((call) =>
    call.method === method && call.chat === RESIDENT
      ? { error_code: 400, description: `Bad Request: ${description}` }
      : undefined,
  );
const toResident = (lines: readonly string[]) => lines.filter((line) => / 701/.test(line));
const nods = (lines: readonly string[]) => lines.filter((line) => line.startsWith('setMessageReaction'));

const VOICES = 'Голосовые и видеосообщения этот житель не принимает: напишите словами.';
const FILE = 'Telegram не отдаёт этот файл. Пришлите его, пожалуйста, заново, не пересылкой.';

test.each<[string, Partial<MessagePart>, string, string, string]>([
  ['a voice message', { kind: 'voice', file: 'v' }, 'sendVoice', 'VOICE_MESSAGES_FORBIDDEN', ` (голосовое). ${VOICES}`],
  [
    'a round video',
    { kind: 'video-note', file: 'v' },
    'sendVideoNote',
    'VOICE_MESSAGES_FORBIDDEN',
    ` (видеосообщение). ${VOICES}`,
  ],
  [
    'a sticker',
    { kind: 'sticker', file: 's', words: '🙂' },
    'sendSticker',
    'CHAT_SEND_STICKERS_FORBIDDEN',
    ' (стикер). Такое житель',
  ],
  ['a document', { kind: 'document', file: 'd' }, 'sendDocument', 'wrong file identifier/HTTP URL specified', ` (файл). ${FILE}`],
  ['a video', { kind: 'video', file: 'd' }, 'sendVideo', 'file is too big', ' (видео). Файл слишком большой'],
  ['a photo', { kind: 'photo', file: 'p' }, 'sendPhoto', 'PHOTO_INVALID_DIMENSIONS', ` (фото). ${FILE}`],
  ['words', { words: 'Зима' }, 'sendMessage', 'message is too long', '. Telegram не принял эти слова'],
])(
  'of %s that Telegram refuses the resident hears nothing, staff all, and there is no 👌',
  async (_, messagePart, method, refusal, said) => {
    const { number, topic } = await inTalk();
    // As staff had it: answered.
    await at.change(number, { state: 'answered', waitingSince: null, takenBy: 'telegram:9', takenByName: 'Ольга' });
    await at.left();
    refuse(method, refusal);
    await at.answered(number, messagePart);
    const left = await at.left();
    expect(toResident(left)).toEqual([]);
    expect(nods(left)).toEqual([]);
    expect(at.givenUp).toEqual(['relay']);
    expect(left.filter((line) => line.includes('не доставлено'))).toEqual([
      expect.stringContaining(`sendMessage -1001#${topic}: ❗️ № ${number}: не доставлено${said}`),
    ]);
    // It is not answered: the resident waits as before.
    expect(await at.row(number)).toMatchObject({ state: 'taken', waitingSince: expect.any(Date) });
  },
);

test.each<[string, Partial<MessagePart>, string, string, string]>([
  [
    'a document',
    { kind: 'document', file: 'd', words: 'Вот акт' },
    'sendDocument',
    'wrong file identifier',
    `файл — нет. ${FILE}`,
  ],
  [
    'a voice message',
    { kind: 'voice', file: 'v', words: 'Вот акт' },
    'sendVoice',
    'VOICE_MESSAGES_FORBIDDEN',
    `файл — нет. ${VOICES}`,
  ],
  [
    'a place',
    { kind: 'location', words: '47.2, 38.9' },
    'copyMessage',
    "message can't be copied",
    'место на карте житель получил текстом',
  ],
  [
    'a contact',
    { kind: 'contact', words: 'Пётр +79123456789' },
    'copyMessage',
    "message can't be copied",
    'контакт житель получил текстом',
  ],
])('what could go of %s goes, it is said what could not, and there is no 👌', async (_, messagePart, method, refusal, said) => {
  const { number } = await inTalk();
  refuse(method, refusal);
  await at.answered(number, messagePart);
  const left = await at.left();
  expect(toResident(left)).toEqual([`sendMessage 701: <b>Ответ по обращению № ${number}</b>\n${messagePart.words}`]);
  expect(nods(left)).toEqual([]);
  expect(left.filter((line) => line.includes('ушли только слова'))).toEqual([expect.stringContaining(said)]);
});

test('of an album that is refused each file is tried, staff are told once, and what arrived is known', async () => {
  const { number } = await inTalk();
  const album = { album: 'telegram:-1001/7', kind: 'photo' as const };
  at.telegram.interfereWith((call) => {
    const lost = call.method === 'sendMediaGroup' || (call.method === 'sendPhoto' && call.payload.photo !== 'b');
    return lost ? { error_code: 400, description: 'Bad Request: wrong file identifier/HTTP URL specified' } : undefined;
  });
  await at.answered(number, { ...album, file: 'a' }, { ...album, file: 'b', words: 'Акт' }, { ...album, file: 'c' });
  const left = await at.left();
  expect(toResident(left)).toEqual([`sendPhoto 701: b | <b>Ответ по обращению № ${number}</b>\nАкт`]);
  expect(nods(left)).toHaveLength(1);
  expect(left.filter((line) => line.includes('не доставлено (альбом или часть его)'))).toHaveLength(1);
});

test('an album whose files come slowly is one album', async () => {
  await at.close();
  at = await openWords({ albumRestMs: 1500 });
  const { number } = await inTalk();
  const album = { album: 'telegram:701/7', kind: 'photo' as const };
  for (const file of ['a', 'b', 'c']) {
    await at.added(RESIDENT, number, { ...album, file });
    expect(await at.left()).toEqual([]);
    at.pass(1050);
  }
  at.pass(1500);
  expect(await at.left()).toEqual([expect.stringMatching(/^sendMediaGroup .*: a 👤\s+\| b \| c$/)]);
});

test('of words of a resident that the group takes in no shape, by a refusal that nobody knows, both sides are told, once', async () => {
  const { number } = await inTalk();
  const tried: unknown[] = [];
  at.telegram.interfereWith((call) => {
    if (call.method !== 'sendMessage' || !String(call.payload.text).includes('Дословно')) return undefined;
    tried.push(call.payload.parse_mode);
    return { error_code: 400, description: 'Bad Request: SOMETHING_NEVER_HEARD_OF' };
  });
  await at.added(RESIDENT, number, 'Дословно');
  const left = await at.left();
  expect(tried.slice(0, 2)).toEqual(['HTML', undefined]);
  expect(left.filter((line) => line.includes('сюда не дошло'))).toEqual([
    expect.stringContaining(`❗️ № ${number}: сообщение жителя сюда не дошло`),
  ]);
  expect(toResident(left)).toEqual([expect.stringContaining(`Обращение № ${number}: ваше сообщение до сотрудников не дошло`)]);
});

test.each([
  ['the resident has deleted it', 'message to edit not found', true],
  ['it is too old', "message can't be edited", false],
  ['Telegram does not know it', 'MESSAGE_ID_INVALID', true],
])('a correction of what cannot be changed (%s) is sent as one', async (_, refusal, gone) => {
  const { number } = await inTalk();
  await at.answered(number, 'Сумма 100 рублей');
  await at.left();
  const before = (await at.messages(number)).at(-1)?.copy;
  refuse('editMessageText', refusal);
  await at.reword(number, -1, 'Сумма 1000 рублей');
  const left = await at.left();
  expect(toResident(left)).toEqual([`sendMessage 701: <b>Исправленный ответ по обращению № ${number}</b>\nСумма 1000 рублей`]);
  expect(nods(left)).toHaveLength(1);
  // The next one changes the new message, and taking it back takes all that may still be there.
  at.telegram.interfereWith(undefined);
  const after = (await at.messages(number)).at(-1)?.copy;
  await at.reword(number, -1, 'Сумма 2000 рублей');
  expect(toResident(await at.left())).toEqual([expect.stringContaining(`editMessageText 701/${after?.split('/')[1]}`)]);
  await at.withdraw(number, -1);
  const deleted = (await at.left()).map((line) => line.split('/')[1]);
  expect(deleted).toEqual([after, ...(gone ? [] : [before])].map((ref) => ref?.split('/')[1]));
});

test('a resident’s correction of what staff deleted in the topic comes as one; of several that went together too', async () => {
  const number = await at.opened(RESIDENT, 'Здравствуйте');
  await at.left();
  await at.added(RESIDENT, number, 'раз');
  await at.added(RESIDENT, number, 'два');
  await at.left();
  at.telegram.interfereWith((call) =>
    call.method === 'editMessageText' ? { error_code: 400, description: 'Bad Request: message to edit not found' } : undefined,
  );
  await at.reword(number, 2, 'две');
  expect(await at.left()).toEqual([expect.stringMatching(/^sendMessage -1001#\d+: 👤 \(исправлено\) раз\n\nдве$/)]);
});

test('a correction that a blocked bot cannot bring is told in the topic, each time', async () => {
  const { number } = await inTalk();
  await at.answered(number, 'Сумма 100 рублей');
  await at.left();
  at.telegram.stop(RESIDENT, true);
  for (const words of ['Сумма 1000 рублей', 'Сумма 2000 рублей']) {
    await at.reword(number, -1, words);
    await at.edited(number, -1);
    expect((await at.left()).filter((line) => line.includes('правка не ушла'))).toHaveLength(1);
  }
});

/** Ways in which nothing comes to the resident, and what staff read of it. */
const FAILURES: readonly [string, () => void, RegExp][] = [
  ['the words are too long', () => refuse('sendMessage', 'message is too long'), /Telegram не принял эти слова/],
  ['nobody knows why', () => refuse('sendMessage', 'SOMETHING_NEVER_HEARD_OF'), /Telegram не принял это сообщение/],
  ['the bot is blocked', () => at.telegram.stop(RESIDENT, true), /заблокировал бота/],
  [
    'Telegram is away for two days',
    () =>
      at.telegram.interfereWith(({ method, chat }) =>
        method === 'sendMessage' && chat === RESIDENT ? { error_code: 500, description: 'Internal Server Error' } : undefined,
      ),
    /Telegram долго не отвечал/,
  ],
];

const heal = () => {
  at.telegram.interfereWith(undefined);
  at.telegram.stop(RESIDENT, false);
};

/** What staff read of what did not arrive, once all has been tried for as long as it is. */
async function told(): Promise<string[]> {
  await at.db
    .updateTable('outbox')
    .set({ attempts: MOST_ATTEMPTS - 1 })
    .where('kind', '=', 'relay')
    .execute();
  return (await at.left()).filter((line) => line.includes('не доставлено'));
}

async function editAnswer(number: number, source: MessageRef | undefined, words: string): Promise<void> {
  at.pass(1000);
  at.staff.add('telegram:9');
  const { thread } = await at.row(number);
  const staff = { messengerId: 'telegram:9', name: 'Ольга', idempotencyKey: `edit-${words}` } as const;
  const threadRef = { thread: thread as MessageRef, repliesTo: null };
  const part = {
    source: source as MessageRef,
    album: null,
    repliesTo: null,
    kind: 'words',
    words,
    file: null,
    fileName: null,
  } as const;
  await at.office.desk.edited(staff, threadRef, part);
}

describe.each(FAILURES)('an answer did not arrive (%s)', (_, breakFirst, first) => {
  test.each(FAILURES)(
    'and is edited, and does not arrive again and again (%s): each time staff are told, and why',
    async (_how, breakAgain, again) => {
      const { number } = await inTalk();
      breakFirst();
      const [source] = await at.answered(number, 'Зима');
      expect(await told()).toEqual([expect.stringMatching(first)]);
      heal();
      breakAgain();
      for (const words of ['Весна', 'Лето']) {
        await editAnswer(number, source, words);
        expect(await told()).toEqual([expect.stringMatching(again)]);
      }
      heal();
      await editAnswer(number, source, 'Осень');
      expect(toResident(await at.left())).toEqual([`sendMessage 701: <b>Ответ по обращению № ${number}</b>\nОсень`]);
    },
  );
});

test.each(FAILURES)(
  'an answer that is brought to who has come back, and does not arrive after all (%s), is told again',
  async (_, breakAgain, again) => {
    const { number } = await inTalk();
    const { welcomeBack } = createNotices(at);
    at.telegram.stop(RESIDENT, true);
    await at.answered(number, 'Зима');
    expect(await told()).toHaveLength(1);
    heal();
    breakAgain();
    at.pass(1000);
    await welcomeBack([`telegram:${RESIDENT}`]);
    expect(await told()).toEqual([expect.stringMatching(again)]);
    heal();
  },
);

test('an answer that did not arrive, then did, and whose correction cannot be brought in any way, is told again', async () => {
  const { number } = await inTalk();
  refuse('sendMessage', 'message is too long');
  const [source] = await at.answered(number, 'Зима');
  expect(await told()).toHaveLength(1);
  heal();
  await editAnswer(number, source, 'Весна');
  expect(toResident(await at.left())).toHaveLength(1);
  at.telegram.interfereWith(({ method, chat }) =>
    chat === RESIDENT && method === 'editMessageText'
      ? { error_code: 400, description: "Bad Request: message can't be edited" }
      : chat === RESIDENT
        ? { error_code: 400, description: 'Bad Request: message is too long' }
        : undefined,
  );
  await editAnswer(number, source, 'Лето');
  expect(await told()).toEqual([expect.stringMatching(/Telegram не принял эти слова/)]);
});

test('of an album that is brought once more and fails again staff are told once more', async () => {
  const { number } = await inTalk();
  const { welcomeBack } = createNotices(at);
  const album = { album: 'telegram:-1001/7', kind: 'photo' as const };
  at.telegram.stop(RESIDENT, true);
  await at.answered(number, { ...album, file: 'a' }, { ...album, file: 'b' }, { ...album, file: 'c' });
  expect(await told()).toHaveLength(1);
  heal();
  at.telegram.interfereWith(({ method }) =>
    method === 'sendMediaGroup' || method === 'sendPhoto'
      ? { error_code: 400, description: 'Bad Request: wrong file identifier/HTTP URL specified' }
      : undefined,
  );
  at.pass(1000);
  await welcomeBack([`telegram:${RESIDENT}`]);
  expect(await told()).toEqual([expect.stringMatching(/не доставлено \(альбом или часть его\)\. Telegram не отдаёт этот файл/)]);
});
