import type { Message } from 'grammy/types';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChatTurns } from '../../../src/adapters/turns/turns.ts';
import { type TelegramAction, updateOf } from '../../kit/chat/people.ts';
import { play } from '../../kit/chat/play.ts';
import { openWorld, type World } from '../../kit/chat/world.ts';
import { dump, SHORT_CONSENT, withIvan } from '../cabinet.ts';

/** What is typed as a secret when the place is lost where dialogs are kept: it goes out of the chat and to nobody. */

const IVAN = { name: 'Иван', id: 701, phone: '79123456789' };

/** Up to a question for a secret. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'the password of the sign-in': `Иван: /logout
Иван: [Выйти]
Иван: /login
Иван: ivan`,
  'the old password, before it is changed': `Иван: [Настройки]
Иван: [Сменить пароль]`,
  'the new password': `Иван: [Настройки]
Иван: [Сменить пароль]
Иван: tramvai-9`,
  'the new password again': `Иван: [Настройки]
Иван: [Сменить пароль]
Иван: tramvai-9
Иван: trolleibus-7`,
  'the old password, before the phone is changed': `Иван: [Настройки]
Иван: [Сменить телефон]`,
  'the old password, before the consent is withdrawn': `Иван: [Настройки]
Иван: [Отозвать согласие]`,
  'the code of a recovery': `Иван: /logout
Иван: [Выйти]
Иван: /login
Иван: [Забыли пароль?]
Иван: 89123456789`,
  'the password to an account': `Иван: [Подключить лицевой счёт]
Иван: [По паролю из пункта приёма платежей]
Иван: 0012345`,
};

/** As people type it: numbers, groups of letters, what no password may be; with a photo above it; instead of what was typed before. */
const TYPED: readonly (TelegramAction & { secret: string })[] = [
  { does: 'say', words: '74829105', secret: '74829105' },
  { does: 'say', words: 'ACDE FGHJ KM', secret: 'ACDE FGHJ KM' },
  { does: 'say', words: 'acde-fghj-km', secret: 'acde-fghj-km' },
  { does: 'say', words: 'gondola-404', secret: 'gondola-404' },
  { does: 'say', words: 'мой пароль гондола 404', secret: 'гондола' },
  { does: 'say', words: '480 213', secret: '480 213' },
  { does: 'say', words: '/gondola404', secret: 'gondola404' },
  { does: 'send', media: { kind: 'photo' }, caption: '74829105', secret: '74829105' },
  { does: 'edit', words: '74829105', secret: '74829105' },
];

async function openStage(): Promise<World> {
  const world = await openWorld(SHORT_CONSENT);
  onTestFinished(world.close);
  await withIvan(world);
  // What is written now has somewhere to go: his only open request.
  const person = { messengerId: 'telegram:701' as const, idempotencyKey: 'before', name: 'Иван' };
  const messagePart = { source: 'telegram:701/1', album: null, repliesTo: null, kind: 'words', words: 'Когда дадут тепло?' };
  const opened = await world.office.requests.open(person, {
    topic: 'charges',
    link: null,
    messageParts: [{ ...messagePart, file: null, fileName: null } as never],
  });
  if (opened.outcome !== 'opened') throw new Error(opened.outcome);
  await world.runOutbox();
  return world;
}

/** FLUSHALL, for turns that Postgres keeps. */
async function loseTurns(world: World): Promise<void> {
  await sql`delete from chat_turns`.execute(world.db);
  await sql`delete from chat_updates`.execute(world.db);
}

let updates = 50_000;

/** The next lines of a person, with updates of their own. */
async function script(world: World, lines: string): Promise<void> {
  await play(world, lines, { updatesFrom: (updates += 100) });
  updates += 100;
}

async function type(world: World, action: TelegramAction, through?: (turns: ChatTurns) => ChatTurns) {
  world.telegram.take();
  updates += 1;
  const message = world.telegram.nextMessageId();
  await world.take(updateOf(IVAN, action, { update: updates, message }, 0), through);
  await world.settled();
  await world.runOutbox();
  const calls = world.telegram.take();
  return {
    message,
    deleted: calls.filter(({ method }) => method === 'deleteMessage').map(({ payload }) => payload.message_id),
    said: calls.filter(({ chat, payload }) => chat === IVAN.id && payload.text).map(({ payload }) => String(payload.text)),
    toStaff: calls.filter(({ chat }) => chat < 0),
  };
}

describe.each(Object.entries(QUESTIONS))('at %s', (_, steps) => {
  test('whatever is typed next, however it looks, is deleted and goes to nobody', async () => {
    const world = await openStage();
    await script(world, steps);
    // Where dialogs are lost, this is all that is left of the question: each way to type comes upon the same.
    const awaited = await world.db.selectFrom('awaitedSecrets').selectAll().execute();
    expect(awaited).toHaveLength(1);
    for (const { secret, ...action } of TYPED) {
      await world.db.deleteFrom('awaitedSecrets').execute();
      await world.db.insertInto('awaitedSecrets').values(awaited).execute();
      await loseTurns(world);
      const { message, deleted, said, toStaff } = await type(world, action);
      expect({ secret, deleted }).toEqual({ secret, deleted: [message] });
      if (action.does !== 'edit' && !secret.startsWith('gondola404')) expect(said).toEqual([world.texts.text('dialog-lost')]);
      expect(toStaff).toEqual([]);
      expect((await dump(world)).toLowerCase()).not.toContain(secret.toLowerCase());

      // Once: what comes after it is no secret any more.
      const next = await type(world, { does: 'say', words: 'Спасибо, разобрался' });
      expect(next.deleted).toEqual([]);
      expect(await world.db.selectFrom('awaitedSecrets').selectAll().execute()).toEqual([]);
      await world.db.deleteFrom('rateLimitHits').execute();
      await world.db.deleteFrom('passwordTries').execute();
      await world.db.deleteFrom('confirmationCodes').execute();
    }
    expect(world.failures).toEqual([]);
  }, 300_000);
});

test('that a secret is awaited is known before the question is seen, so that it is known whatever happens then', async () => {
  const world = await openStage();
  await script(world, 'Иван: [Настройки]');
  const awaited = () => world.db.selectFrom('awaitedSecrets').select('messengerId').execute();
  let whenAsked: ReturnType<typeof awaited> | undefined;
  world.telegram.interfereWith(({ method, payload }) => {
    if (method === 'sendMessage' && payload.text === world.texts.text('password-old')) whenAsked ??= awaited();
    return undefined;
  });
  await script(world, 'Иван: [Сменить пароль]');
  expect(await whenAsked).toEqual([{ messengerId: 'telegram:701' }]);
});

test('a question for a secret that was put by an update which failed is remembered, and its answer is no answer to the question before', async () => {
  const world = await openStage();
  await script(
    world,
    `Иван: /logout
Иван: [Выйти]
Иван: /login`,
  );
  // The password is asked for, and the turn breaks after that.
  const breaking = (turns: ChatTurns): ChatTurns => ({
    ...turns,
    async take(chat, id) {
      const turn = await turns.take(chat, id);
      if (turn === 'repeat') return turn;
      return { ...turn, state: turn.state, secretExpected: turn.secretExpected, lost: turn.lost, finish: turn.abandon };
    },
  });
  await type(world, { does: 'say', words: 'ivan' }, breaking);
  // Given up: the state stands at the login.
  updates -= 1;
  const givenUp = (turns: ChatTurns): ChatTurns => ({
    ...turns,
    async take(chat, id) {
      const turn = await turns.take(chat, id);
      if (turn === 'repeat') return turn;
      return { ...turn, state: turn.state, secretExpected: turn.secretExpected, lost: turn.lost, deaths: 3, finish: turn.finish };
    },
  });
  await type(world, { does: 'say', words: 'ivan' }, givenUp);

  const { message, deleted, said } = await type(world, { does: 'say', words: 'tramvai-9' });
  expect(deleted).toEqual([message]);
  expect(said).toEqual([world.texts.text('problem-maybe-secret')]);
  expect(await dump(world)).not.toMatch(/tramvai/i);
  // The dialog is where it was.
  const login = await type(world, { does: 'say', words: 'ivan' });
  expect(login.deleted).toEqual([]);
  expect(login.said.join()).toContain('ароль');
});

test.each([
  ['where dialogs were lost', true],
  ['in the dialog', false],
])('%s, what staff have is not changed into the secret that is awaited', async (_, lost) => {
  const world = await openStage();
  await script(world, QUESTIONS['the old password, before it is changed'] ?? '');
  if (lost) await loseTurns(world);
  const question = updateOf(IVAN, { does: 'say', words: 'Когда дадут тепло?' }, { update: 1, message: 1 }, 0).message;
  if (!question) throw new Error('a message is meant');
  const { toStaff } = await type(world, { does: 'edit', words: 'gondola-404', of: question });
  expect(toStaff).toEqual([]);
  expect(await dump(world)).not.toContain('gondola');
});

describe('outside of any dialog', () => {
  test.each(['ACDE FGHJ KM', 'acdefghjkm', 'A3CD-4EFG-7H', 'АСЕ4 КМ34 79', '480213', '480-213'])(
    '«%s» is deleted and goes to nobody, also as a reply to staff',
    async (words) => {
      const world = await openStage();
      const { message, deleted, toStaff } = await type(world, { does: 'say', words });
      expect(deleted).toEqual([message]);
      expect(toStaff).toEqual([]);
      const edited = await type(world, { does: 'edit', words });
      expect(edited.toStaff).toEqual([]);
      expect(await dump(world)).not.toContain(words);
    },
  );

  test.each(['Пароль с листка ACDE FGHJ KM, что с ним делать?', 'мой пароль A3CD4EFG7H'])(
    '«%s» is deleted and goes to nobody',
    async (words) => {
      const world = await openStage();
      const { message, deleted, said, toStaff } = await type(world, { does: 'say', words });
      expect(deleted).toEqual([message]);
      expect(said).toEqual([world.texts.text('maybe-account-password')]);
      expect(toStaff).toEqual([]);
    },
  );

  test('«gondola-404» goes to nobody before he says so', async () => {
    const world = await openStage();
    const { deleted, said, toStaff } = await type(world, { does: 'say', words: 'gondola-404' });
    expect(deleted).toEqual([]);
    expect(said).toEqual([world.texts.text('maybe-password')]);
    expect(toStaff).toEqual([]);
  });

  test.each([
    '0012345',
    '3467934679',
    '12345,6',
    'Показания 346 793',
    'Мама мыла раму',
    'Машина А777МР 77 мешает',
    'кв. 34, д. 7',
  ])('«%s» is what people write', async (words) => {
    const world = await openStage();
    const { deleted, toStaff } = await type(world, { does: 'say', words });
    expect(deleted).toEqual([]);
    expect(toStaff.length).toBeGreaterThan(0);
  });
});

test('after a refused sign-in the password alone is asked for again, and goes out of the chat; the login is, where it was the slip', async () => {
  const world = await openStage();
  await script(
    world,
    `Иван: /logout
Иван: [Выйти]
Иван: /login
Иван: ivna
Иван: tramvai-9`,
  );
  const { message, deleted } = await type(world, { does: 'say', words: 'trolleibus-8' });
  // So does the former question.
  expect(deleted).toContain(message);
  expect(await world.db.selectFrom('sessions').select('id').where('endedAt', 'is', null).execute()).toHaveLength(0);
  await script(
    world,
    `Иван: [Другой логин]
Иван: ivan
Иван: tramvai-9`,
  );
  expect(await world.db.selectFrom('sessions').select('id').where('endedAt', 'is', null).execute()).toHaveLength(1);
});

/** The same secret, carried otherwise than by plain words: under a file, passed on, in what is quoted, in a name. */
const CARRIED: Readonly<Record<string, (message: Message) => object>> = {
  'under a voice message': (m) => ({ ...withoutText(m), voice: file('voice', 'audio/ogg'), caption: SECRET }),
  'under a video': (m) => ({ ...withoutText(m), video: { ...file('video', 'video/mp4'), width: 1, height: 1 }, caption: SECRET }),
  'under a document': (m) => ({ ...withoutText(m), document: file('document', 'text/plain'), caption: SECRET }),
  'as the name of a document': (m) => ({ ...withoutText(m), document: { ...file('document', 'text/plain'), file_name: SECRET } }),
  'under an animation': (m) => ({
    ...withoutText(m),
    animation: { ...file('animation', 'video/mp4'), width: 1, height: 1 },
    document: file('animation', 'video/mp4'),
    caption: SECRET,
  }),
  'under a sound': (m) => ({ ...withoutText(m), audio: file('audio', 'audio/mpeg'), caption: SECRET }),
  forwarded: (m) => ({
    ...m,
    forward_origin: { type: 'user', date: 0, sender_user: { id: 702, is_bot: false, first_name: 'Ольга' } },
  }),
  'as the quote of an answer': (m) => ({
    ...m,
    text: 'вот этот',
    reply_to_message: { ...m, message_id: m.message_id - 1 },
    quote: { text: SECRET, position: 0, is_manual: true },
  }),
  'in a reply to what staff have': (m) => ({ ...m, reply_to_message: { ...m, message_id: 1, text: 'Когда дадут тепло?' } }),
  'under a photo in a reply to what staff have': (m) => ({
    ...withoutText(m),
    photo: [{ ...file('photo', 'image/jpeg'), width: 1, height: 1 }],
    caption: SECRET,
    reply_to_message: { ...m, message_id: 1, text: 'Когда дадут тепло?' },
  }),
  'in an album': (m) => ({
    ...withoutText(m),
    photo: [{ ...file('photo', 'image/jpeg'), width: 1, height: 1 }],
    caption: SECRET,
    media_group_id: 'secret-album',
  }),
  'through another bot': (m) => ({ ...m, via_bot: { id: 5, is_bot: true, first_name: 'Клавиатура' } }),
  'in a link under a word': (m) => ({
    ...m,
    text: 'тут',
    entities: [{ type: 'text_link', offset: 0, length: 3, url: `https://x.ru/${SECRET}` }],
  }),
};
const SECRET = '74829105';
const file = (kind: string, mime_type: string) => ({
  file_id: `${kind}-secret`,
  file_unique_id: `${kind}-secret`,
  duration: 1,
  file_size: 9,
  mime_type,
});
function withoutText({ text: _text, ...rest }: Message): object {
  return rest;
}

describe.each([
  ['where dialogs were lost', true],
  ['in the dialog', false],
])('%s, a secret', (_, lost) => {
  test.each(Object.entries(CARRIED))('%s is deleted and goes to nobody', async (__, carry) => {
    const world = await openStage();
    await script(world, QUESTIONS['the old password, before it is changed'] ?? '');
    if (lost) await loseTurns(world);
    world.telegram.take();
    updates += 1;
    const message_id = world.telegram.nextMessageId();
    const update = updateOf(IVAN, { does: 'say', words: SECRET }, { update: updates, message: message_id }, 0);
    if (!update.message) throw new Error('a message is meant');
    await world.take(Object.assign(update, { message: carry(update.message) }));
    await world.settled();
    await world.runOutbox();
    const calls = world.telegram.take();
    const deleted = calls.filter(({ method }) => /deleteMessages?$/.test(method)).flatMap(({ payload }) => payload.message_id);
    // Where the dialog heard it, its question goes as well, and is put anew.
    expect(deleted[0]).toBe(message_id);
    expect(deleted).toHaveLength(lost || deleted.length === 1 ? 1 : 2);
    expect(calls.filter(({ chat }) => chat < 0)).toEqual([]);
    expect(await dump(world)).not.toContain(SECRET);
    expect(world.failures).toEqual([]);
  });
});

describe.each([
  ['a button of the lost question', async (world: World) => script(world, 'Иван: [Отмена]')],
  ['a menu word', async (world: World) => script(world, 'Иван: Меню')],
  ['a command', async (world: World) => script(world, 'Иван: /start')],
  ['another section', async (world: World) => script(world, 'Иван: [Задолженность]')],
])('whoever goes on by %s where dialogs were lost', (_, goOn) => {
  test('is asked for no secret any more: what he writes later stands in the chat and reaches staff', async () => {
    const world = await openStage();
    await script(world, QUESTIONS['the old password, before it is changed'] ?? '');
    await loseTurns(world);
    await goOn(world);
    expect(await world.db.selectFrom('awaitedSecrets').selectAll().execute()).toEqual([]);

    // An hour later.
    await loseTurns(world);
    const media = { kind: 'photo' } as const;
    const { deleted, toStaff } = await type(world, { does: 'send', media, caption: 'Второй день нет горячей воды, вот фото' });
    expect(deleted).toEqual([]);
    expect(toStaff.length).toBeGreaterThan(0);
    expect(world.failures).toEqual([]);
  });
});

test('the secret that is typed just behind such a button goes out of the chat all the same', async () => {
  const world = await openStage();
  await script(world, QUESTIONS['the old password, before it is changed'] ?? '');
  await loseTurns(world);
  await script(world, 'Иван: [Отмена]');
  const { message, deleted, toStaff } = await type(world, { does: 'say', words: 'tramvai-9' });
  expect(deleted).toEqual([message]);
  expect(toStaff).toEqual([]);
});

test('whoever asks for help is at the question still', async () => {
  const world = await openStage();
  await script(world, QUESTIONS['the old password, before it is changed'] ?? '');
  await loseTurns(world);
  await script(world, 'Иван: /help');
  const { message, deleted } = await type(world, { does: 'say', words: 'мой пароль гондола 404' });
  expect(deleted).toEqual([message]);
});

test('that a secret was answered is noted by the next letter, where its process died before it could', async () => {
  const world = await openStage();
  await script(world, QUESTIONS['the old password, before it is changed'] ?? '');
  const awaited = await world.db.selectFrom('awaitedSecrets').selectAll().execute();
  await script(
    world,
    `Иван: tramvai-9
Иван: /cancel`,
  );
  await world.db.insertInto('awaitedSecrets').values(awaited).execute();
  await script(world, 'Иван: [Задолженность]');
  expect(await world.db.selectFrom('awaitedSecrets').selectAll().execute()).toEqual([]);
});
