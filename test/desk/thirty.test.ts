import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';
import { watchLimits } from './limits.ts';
import { openOutfit } from './outfit.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const REQUESTS = 30;

/** Thirty residents ask within a moment; when the words of each stand at the desk, and when a title was changed. */
async function ask(limitsOf: (clock: () => Date) => ReturnType<typeof watchLimits>) {
  const outfit = await openOutfit(base);
  const { telegram, requests, clock } = outfit;
  const limits = limitsOf(clock);
  const seen = new Map<string, number>();
  const titles: { at: number; name: string }[] = [];
  telegram.interfereWith((call) => {
    const refusal = limits.judge(call);
    if (refusal || call.chat > 0) return refusal;
    for (const mark of call.payload.text?.match(/#\d+#/g) ?? []) if (!seen.has(mark)) seen.set(mark, clock().getTime());
    if (call.method === 'editForumTopic') titles.push({ at: clock().getTime(), name: String(call.payload.name) });
    return undefined;
  });
  const began = clock().getTime();
  for (let n = 1; n <= REQUESTS; n += 1) {
    const messageParts = [outfit.messagePart(1000 + n, `#${n}# Почему так много?`)];
    await requests.open(outfit.resident(1000 + n), { topic: 'charges', link: null, messageParts });
  }
  const process = await outfit.start();
  const until = async (done: () => boolean | Promise<boolean>) => {
    while (!(await done())) await outfit.quietFor(5);
  };
  return { ...outfit, process, limits, seen, titles, began, until };
}

test('thirty requests at once are at the desk within two minutes, and a title follows its answer within seconds meanwhile', async () => {
  const at = await ask((clock) => watchLimits(clock));
  let thread: string | null = null;
  await at.until(async () => {
    const { thread: known, card } = await at.db
      .selectFrom('requests')
      .select(['thread', 'card'])
      .where('number', '=', 1)
      .executeTakeFirstOrThrow();
    thread = known;
    return card !== null;
  });
  // The minute's share of messages is used up.
  await at.until(() => at.seen.size >= 18);
  const answer = at.messagePart(at.telegram.group.id(), 'Потому что зима.');
  await at.desk.written(at.member(1), { thread, repliesTo: null }, answer);
  // The clock runs while the sender waits, however long the answer took to be written down.
  const answeredAt = at.clock().getTime();
  await at.until(() => at.titles.some(({ name }) => name.startsWith('💬 № 1 ')));
  const answered = at.titles.find(({ name }) => name.startsWith('💬 № 1 '));
  expect((answered?.at ?? Number.NaN) - answeredAt).toBeLessThan(10_000);

  await at.until(() => at.seen.size === REQUESTS);
  expect(Math.max(...at.seen.values()) - at.began).toBeLessThan(120_000);
  await at.quiet();
  await at.process.stop();
  expect(at.limits.refused()).toBe(0);
  expect(at.limits.most()).toBeLessThanOrEqual(18);
  expect(at.limits.mostOfTopics()).toBeLessThanOrEqual(24);
}, 120_000);

test('where the messenger counts topics as messages, it says so a few times, and all come once all the same', async () => {
  const at = await ask((clock) => watchLimits(clock, { strict: true }));
  await at.until(() => at.seen.size === REQUESTS);
  expect(Math.max(...at.seen.values()) - at.began).toBeLessThan(300_000);
  await at.quiet();
  await at.process.stop();
  expect(at.limits.refused()).toBeLessThanOrEqual(12);
  expect(at.telegram.group.topics().length).toBe(REQUESTS);
}, 120_000);
