import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sent } from '../kit/chat/fake-telegram.ts';
import { testDatabase } from '../kit/postgres.ts';
import { runs } from '../kit/runs.ts';
import { openOutfit } from './outfit.ts';
import { readAll } from './reading.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;

beforeEach(async () => {
  base = await testDatabase();
});
afterEach(() => base.close());

const REQUESTS = runs(100);
const MINUTE_MS = 60_000;

test('a hundred requests at once: eighteen messages a minute, joined, in order, none lost; answers wait for nobody', async () => {
  const outfit = await openOutfit(base);
  const { telegram, limits, requests, clock } = outfit;
  const calls: (Sent & { at: number })[] = [];
  telegram.interfereWith((call) => limits.judge(call));
  const collect = () => void calls.push(...telegram.take().map((call) => ({ ...call, at: clock().getTime() })));

  let mark = 0;
  const marks: { mark: string; request: number }[] = [];
  for (let n = 0; n < REQUESTS; n += 1) {
    const person = 1000 + n;
    const messageParts = Array.from({ length: 1 + (n % 3) }, () => outfit.messagePart(person, `#${++mark}# Почему?`));
    const opened = await requests.open(outfit.resident(person), { topic: 'charges', link: null, messageParts });
    if (opened.outcome !== 'opened') throw new Error(opened.outcome);
    for (const { words } of messageParts) marks.push({ mark: words.split(' ')[0] ?? '', request: opened.number });
  }
  const began = clock().getTime();
  const process = await outfit.start();

  // Staff answer the first one while the flood is still coming in; another resident has blocked the bot.
  let thread: string | null = null;
  while (thread === null) {
    await outfit.quietFor(5);
    collect();
    ({ thread } = await outfit.db.selectFrom('requests').select('thread').where('number', '=', 1).executeTakeFirstOrThrow());
  }
  telegram.stop(1001, true);
  const answeredAt = clock().getTime();
  await outfit.db
    .insertInto('outbox')
    .values({
      line: 'telegram:1001',
      addressee: 'telegram:1001',
      kind: 'say',
      text: 'thread-topic-gone',
      createdAt: clock(),
      runAt: clock(),
    })
    .execute();
  const answer = outfit.messagePart(telegram.group.id(), '#9999# Потому что зима.');
  await outfit.desk.written(outfit.member(1), { thread: thread as `${string}:${string}/${string}`, repliesTo: null }, answer);
  await outfit.quiet(collect);
  await process.stop();
  collect();

  const { arrivals, topics } = readAll(calls);
  const inGroup = arrivals.filter(({ chat }) => chat < 0);
  expect(inGroup.map(({ mark: came, request }) => ({ mark: came, request })).sort(byMark)).toEqual([...marks].sort(byMark));
  for (let n = 1; n <= REQUESTS; n += 1) {
    const own = inGroup.filter(({ request }) => request === n);
    expect(own.map((each) => each.mark)).toEqual(marks.filter(({ request }) => request === n).map((each) => each.mark));
    expect(new Set(own.map(({ ref }) => ref)).size).toBe(1);
  }
  expect(topics.size).toBe(REQUESTS);
  expect(limits.refused()).toBe(0);
  expect(limits.most()).toBeLessThanOrEqual(18);
  // A topic, a card and words for each; the answer's own changes of topic and card besides.
  const minutes = (clock().getTime() - began) / MINUTE_MS;
  expect(minutes).toBeLessThan((REQUESTS * 3 + 5) / 18 + 3);
  const answeredIn = (calls.find(({ chat }) => chat === 1000 && chat > 0)?.at ?? Number.NaN) - answeredAt;
  // The group's line takes a quarter of an hour; time goes on while a busy machine thinks.
  expect(answeredIn).toBeLessThan(30_000);
}, 300_000);

function byMark(a: { mark: string }, b: { mark: string }): number {
  return a.mark < b.mark ? -1 : 1;
}
