import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MessageRef, MessagePart } from '../../src/office/staff/message-part.ts';
import { escalate } from '../../src/office/escalations.ts';
import { testDatabase } from '../kit/postgres.ts';
import { openOutfit } from './outfit.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const TALKER = 1;
const SOON_MS = 60_000;

/** A desk at Telegram's real pace, on a clock that runs while it waits, with a process that sends. */
async function openBusyDesk() {
  const outfit = await openOutfit(base);
  const { telegram, limits, requests, clock } = outfit;
  /** When what holds these words was first seen in the group. */
  const seen = new Map<string, number>();
  const calls: { at: number; text: string; method: string }[] = [];
  telegram.interfereWith((call) => {
    const refusal = limits.judge(call);
    if (refusal || call.chat > 0) return refusal;
    const media = call.payload.media as readonly { caption?: string }[] | undefined;
    const text = [
      call.payload.text,
      call.payload.caption,
      call.payload.name,
      ...(media ?? []).map(({ caption }) => caption),
    ].join(' ');
    calls.push({ at: clock().getTime(), text, method: call.method });
    for (const mark of text.match(/#\w+#/g) ?? []) if (!seen.has(mark)) seen.set(mark, clock().getTime());
    return undefined;
  });
  let process = await outfit.start();

  async function open(person: number, words: string): Promise<{ number: number; messagePart: MessagePart }> {
    const messagePart = outfit.messagePart(person, words);
    const opened = await requests.open(outfit.resident(person), { topic: 'charges', link: null, messageParts: [messagePart] });
    if (opened.outcome !== 'opened') throw new Error(opened.outcome);
    return { number: opened.number, messagePart };
  }
  return {
    ...outfit,
    calls,
    seen,
    open,
    add: (person: number, number: number, more: Partial<MessagePart>) =>
      requests.add(outfit.resident(person), number, [outfit.messagePart(person, '', more)]),
    /** All of this is written while nothing is sent: the clock stands but for what `work` lets pass. */
    async atOnce(work: () => Promise<void>): Promise<void> {
      await process.stop();
      await work();
      process = await outfit.start();
    },
    /** How long it takes from now on until these words stand in the group. */
    async untilSeen(mark: string): Promise<number> {
      const began = clock().getTime();
      while (!seen.has(mark)) {
        await outfit.quietFor(5);
        if (clock().getTime() - began > 30 * SOON_MS) return Number.POSITIVE_INFINITY;
      }
      return (seen.get(mark) ?? Number.NaN) - began;
    },
    async close() {
      await process.stop();
      expect(limits.refused()).toBe(0);
      expect(limits.most()).toBeLessThanOrEqual(18);
    },
  };
}

test('three hundred edits over three requests: another’s request is at the desk within a minute', async () => {
  const at = await openBusyDesk();
  const own = [await at.open(TALKER, 'раз'), await at.open(TALKER, 'два'), await at.open(TALKER, 'три')];
  await at.quiet();
  const before = at.calls.length;
  // Half of them while the desk sends what came before.
  for (let n = 0; n < 150; n += 1)
    await at.requests.edited(at.resident(TALKER), own[n % 3]?.messagePart.source as MessageRef, `правка ${n}`);
  const sent = at.calls.length - before;
  await at.atOnce(async () => {
    for (let n = 150; n < 300; n += 1) {
      await at.requests.edited(at.resident(TALKER), own[n % 3]?.messagePart.source as MessageRef, `правка ${n}`);
      at.pass(40);
    }
    await at.open(2, '#another# Почему так много?');
  });
  expect(await at.untilSeen('#another#')).toBeLessThan(SOON_MS);
  await at.quiet();
  // What was written last stands there, and the words in between cost nobody's minute.
  const edits = at.calls.slice(before).filter(({ text }) => text.includes('правка'));
  expect(edits.length - sent).toBeLessThanOrEqual(6);
  const kept = await at.db.selectFrom('requestMessages').select('words').where('author', '=', 'telegram:1').execute();
  for (const { words } of kept) expect(edits.some(({ text }) => text.includes(words))).toBe(true);
  await at.close();
}, 300_000);

test.each([
  ['three hundred words', (n: number): Partial<MessagePart> => ({ words: `слово ${n}` })],
  ['three hundred photos', (n: number): Partial<MessagePart> => ({ kind: 'photo', file: `f${n}`, words: `фото ${n}` })],
  ['three hundred stickers', (n: number): Partial<MessagePart> => ({ kind: 'sticker', file: `s${n}`, words: '🙂' })],
])(
  '%s of one person in one request: another’s first words are at the desk within a minute',
  async (_, more) => {
    const at = await openBusyDesk();
    const { number } = await at.open(TALKER, 'Здравствуйте');
    for (let n = 0; n < 300; n += 1) {
      await at.add(TALKER, number, more(n));
      at.pass(40);
      await at.quietFor(1);
    }
    await at.open(2, '#another# Почему так много?');
    expect(await at.untilSeen('#another#')).toBeLessThan(SOON_MS);
    await at.close();
  },
  300_000,
);

test('an escalation stands before the hundredth word of a talkative person, and so does the next word of somebody else', async () => {
  const at = await openBusyDesk();
  const other = await at.open(2, 'Здравствуйте');
  const { number } = await at.open(TALKER, 'Здравствуйте');
  await at.quiet();
  await at.atOnce(async () => {
    for (let n = 0; n < 150; n += 1) await at.add(TALKER, number, { kind: 'photo', file: `f${n}`, words: `#photo${n}#` });
    await at.add(2, other.number, { words: '#word#' });
    await at.db.transaction().execute((trx) => escalate(trx, { kind: 'limit-overall', failures: 500 }, at.clock()));
  });
  expect(await at.untilSeen('#word#')).toBeLessThan(SOON_MS);
  while (!at.calls.some(({ text }) => text.includes('Подключение по сумме закрыто для всех'))) await at.quietFor(5);
  expect(at.seen.has('#photo100#')).toBe(false);
  await at.close();
}, 300_000);

test('ten people who send ten photos each are served in turn', async () => {
  const at = await openBusyDesk();
  const numbers: number[] = [];
  for (let person = 1; person <= 10; person += 1) numbers.push((await at.open(person, 'Здравствуйте')).number);
  await at.quiet();
  // The first ones are quicker to send all of theirs.
  await at.atOnce(async () => {
    for (const [n, number] of numbers.entries())
      for (let photo = 0; photo < 10; photo += 1)
        await at.add(n + 1, number, { kind: 'photo', file: `f${photo}`, words: `#p${n + 1}x${photo}#` });
  });
  await at.quiet();
  const order = [...at.seen.keys()].filter((mark) => mark.startsWith('#p'));
  expect(order).toHaveLength(100);
  // At no moment has anybody come far before another; what is taken ahead may change places with its neighbour.
  const counts = new Map<string, number>();
  for (const mark of order) {
    const owner = mark.split('x')[0] ?? '';
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
    const least = counts.size < 10 ? 0 : Math.min(...counts.values());
    expect((counts.get(owner) ?? 0) - least).toBeLessThanOrEqual(2);
  }
  for (let person = 1; person <= 10; person += 1)
    expect(order.filter((mark) => mark.startsWith(`#p${person}x`))).toEqual(
      Array.from({ length: 10 }, (_, photo) => `#p${person}x${photo}#`),
    );
  await at.close();
}, 300_000);
