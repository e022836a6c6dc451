import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { plainSpaces } from '../../../src/domain/unbroken.ts';
import type { MessagePart } from '../../../src/office/staff/message-part.ts';
import { memoryMessenger } from '../../kit/chat/memory-messenger.ts';
import { PIXEL_PNG } from '../../kit/picture.ts';
import { openWords } from './desk-of-words.ts';

/** Anna writes in the one messenger, staff sit in the group of the other one; of theirs, this file is in its keeping. */
const ANNA = 'max:m-7';
const OF_STAFF = { kind: 'document', file: 'f/two-messengers.test.ts', fileName: 'Ответ.txt' } as const;

let max: ReturnType<typeof memoryMessenger>;
let at: Awaited<ReturnType<typeof openWords>>;

beforeEach(async () => {
  max = memoryMessenger('max', { mostFetchedBytes: 1_000_000, mostHandedBytes: 1_000_000 });
  at = await openWords({ others: [max.channel], files: new URL('.', import.meta.url) });
});
afterEach(async () => {
  expect(await at.waiting()).toEqual([]);
  await at.close();
});

let written = 0;
const part = (more: Partial<MessagePart>): MessagePart => ({
  source: `max:m-7/mid.${++written}`,
  album: null,
  repliesTo: null,
  kind: 'words',
  words: '',
  file: null,
  fileName: null,
  ...more,
});

async function opened(...parts: Partial<MessagePart>[]): Promise<number> {
  const caller = { messengerId: ANNA, idempotencyKey: `anna-${++written}` } as const;
  const done = await at.office.requests.open(caller, { topic: 'charges', link: null, messageParts: parts.map(part) });
  if (done.outcome !== 'opened') throw new Error(done.outcome);
  return done.number;
}

/** A picture as any messenger takes it, with something behind it by which it is known again. */
const picture = (mark: string) => max.hold(Buffer.concat([PIXEL_PNG, Buffer.from(mark)]));

/** What staff got of files, with the end of what was sent up: `sendPhoto photo.jpg 12345`. */
async function filesForStaff(): Promise<string[]> {
  await at.runOutbox();
  const sent = at.telegram.take().filter(({ files }) => files.length > 0);
  return Promise.all(
    sent.map(async ({ method, files }) => {
      const uploads = await Promise.all(files.map(async (file) => `${file.name} ${(await file.text()).slice(-5)}`));
      return [method, ...uploads].join(' ');
    }),
  );
}

test.each<[Partial<MessagePart>, string]>([
  [{ kind: 'photo' }, 'sendPhoto photo.jpg 12345'],
  [{ kind: 'document', fileName: 'Счёт.pdf', words: 'Вот счёт' }, 'sendDocument Счёт.pdf 12345'],
  [{ kind: 'voice' }, 'sendVoice voice.ogg 12345'],
  [{ kind: 'video' }, 'sendVideo video.mp4 12345'],
])('a resident’s file reaches the group of the other messenger: %o', async (sent, expected) => {
  await opened({ words: 'Посмотрите' }, { ...sent, file: picture('12345') });
  expect(await filesForStaff()).toEqual([expected]);
  expect(at.givenUp).toEqual([]);
});

test('an album goes as one, and staff’s file reaches the resident, who sees its edit too', async () => {
  const album = { album: 'max:m-7/1', kind: 'photo' } as const;
  const number = await opened({ words: 'Два фото' }, { ...album, file: picture('1-of2') }, { ...album, file: picture('2-of2') });
  expect(await filesForStaff()).toEqual(['sendMediaGroup photo.jpg 1-of2 photo.jpg 2-of2']);
  const { length } = await readFile(new URL(import.meta.url));
  await at.answered(number, { ...OF_STAFF, words: 'Вот ответ' });
  await at.runOutbox();
  const shown = (does: string, words: string) =>
    `${does} | document | Ответ.txt (${length}) | <b>Ответ по обращению № ${number}</b>\n${words}`;
  expect(max.took().map(plainSpaces)).toEqual([shown(`hand ${ANNA}`, 'Вот ответ')]);
  await at.reword(number, -1, 'Вот другой ответ');
  await at.runOutbox();
  expect(max.took().map(plainSpaces)).toEqual([shown('change-file', 'Вот другой ответ')]);
});

test('of a file that is too large staff see that there was one, and the resident is asked for a smaller one', async () => {
  const number = await opened({ words: 'Видео' }, { kind: 'video', file: max.hold('x'.repeat(1_000_001)), words: 'Течёт' });
  const left = await at.left();
  expect(left.at(-1)).toContain('Здесь был файл, передать его не удалось.');
  expect(left.at(-1)).toContain('Течёт');
  expect(max.took()).toEqual([expect.stringMatching(new RegExp(`№.${number}: файл сотрудникам не передан, он слишком большой`))]);
});

test('of each file that is too large the resident is asked, of whichever request and kind it is', async () => {
  const large = () => ({ kind: 'video', file: max.hold('x'.repeat(1_000_001)), words: 'Течёт' }) as const;
  await opened({ words: 'Видео' }, large(), large());
  await at.left();
  await opened(large());
  await at.left();
  expect(max.took()).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('он слишком большой')));
});

test('of a file of staff that is not to be had the resident hears the words, and staff what to do', async () => {
  const number = await opened({ words: 'Где акт?' });
  await at.left();
  await at.answered(number, { kind: 'document', file: 'f/forgotten', words: 'Вот акт' });
  const left = await at.left();
  expect(max.took()).toEqual([expect.stringContaining('Вот акт')]);
  expect(left).toEqual([expect.stringContaining('ушли только слова, файл — нет. Telegram не отдаёт этот файл')]);
});

test('a messenger that does not give its file for half an hour keeps nobody’s words; one that gives it after all has lost nothing', async () => {
  await opened({ words: 'Фото' });
  await at.left();
  const broken = () => {
    throw new Error('no answer');
  };
  const tries = async (most: number) => {
    for (let n = 0; n < most; n += 1) {
      await at.runOutbox();
      at.pass(10 * MINUTE_MS);
    }
  };
  max.interfereWith((does) => (does === 'fetch' ? broken() : undefined));
  await opened({ kind: 'photo', file: picture('first'), words: 'Первое' });
  await tries(5);
  max.interfereWith(undefined);
  expect(await filesForStaff()).toEqual(['sendPhoto photo.jpg first']);
  max.took();

  max.interfereWith((does) => (does === 'fetch' ? broken() : undefined));
  await opened({ kind: 'photo', file: picture('other'), words: 'Второе' });
  await tries(12);
  const left = await at.left();
  expect(left.filter((line) => line.includes('Второе') && line.includes('Здесь был файл'))).toHaveLength(1);
  expect(max.took()).toEqual([expect.stringContaining('Telegram его не отдал. Пришлите его, пожалуйста, ещё раз')]);
});

test('what a process had in hand when it was killed is done by the next one', async () => {
  await opened({ words: 'Фото' });
  await at.left();
  await opened({ kind: 'photo', file: picture('photo') });
  for (const killed of ['fetching', 'handed over']) {
    let isKilled = false;
    max.interfereWith((does) => {
      isKilled ||= does === 'fetch';
      if (killed === 'fetching' && does === 'fetch') throw new Error('killed');
      return undefined;
    });
    await at.runOutbox(() => isKilled);
    // What was handed over, and is not known to be, comes once more.
    const photos = at.telegram.take().filter(({ method }) => method === 'sendPhoto');
    expect([killed, isKilled, photos.length]).toEqual([killed, true, killed === 'fetching' ? 0 : 1]);
    // Nobody else takes it up before its time.
    max.interfereWith(undefined);
    expect(await filesForStaff()).toEqual([]);
    at.pass(3 * MINUTE_MS);
  }
  expect(await filesForStaff()).toEqual(['sendPhoto photo.jpg photo']);
  expect(await filesForStaff()).toEqual([]);
});
