import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TELEGRAM_PACE } from '../../src/channels/telegram/limits.ts';
import { createPace } from '../../src/delivery/pace.ts';

/** Sends to chats as fast as the pace lets, `0` being a group, each so much late; answers [chat, time] in order. */
function play(chats: readonly number[], lateMs: (n: number) => number = () => 0): [string, number][] {
  const pace = createPace(TELEGRAM_PACE, (chat) => chat === '0');
  const waiting = chats.map(String);
  const sent: [string, number][] = [];
  for (let now = 1_000_000; waiting.length > 0; now += 1) {
    if (pace.waitMs('a', new Date(now)) > 0) continue;
    const resting = new Set(pace.resting(new Date(now)));
    const next = waiting.findIndex((chat) => !resting.has(chat));
    if (next < 0) continue;
    now += lateMs(sent.length);
    const [chat = ''] = waiting.splice(next, 1);
    pace.note(chat, new Date(now));
    sent.push([chat, now]);
  }
  return sent;
}

function mostWithin(times: readonly number[], windowMs: number): number {
  return Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time < from + windowMs).length));
}

test('never more than Telegram takes, whatever waits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 120 }),
      fc.array(fc.nat(40), { minLength: 1 }),
      (chats, late) => {
        const sent = play(chats, (n) => late[n % late.length] ?? 0);
        const timesOf = (wanted: string) => sent.filter(([chat]) => chat === wanted).map(([, time]) => time);
        expect(sent).toHaveLength(chats.length);
        expect(
          mostWithin(
            sent.map(([, time]) => time),
            1000,
          ),
        ).toBeLessThanOrEqual(30);
        expect(mostWithin(timesOf('0'), 60_000)).toBeLessThanOrEqual(18);
        for (const chat of new Set(chats.map(String))) expect(mostWithin(timesOf(chat), 1000)).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 30 },
  );
});

test('a thousand people are told in 35 seconds', () => {
  const sent = play(Array.from({ length: 1000 }, (_, i) => i + 1));
  expect((sent.at(-1)?.[1] ?? 0) - (sent[0]?.[1] ?? 0)).toBeLessThan(36_000);
});

test('a pause of one chat is never shortened, and holds nobody else', () => {
  const pace = createPace(TELEGRAM_PACE, () => false);
  pace.hold('telegram:1', new Date(10_000));
  pace.hold('telegram:1', new Date(4_000));
  expect(pace.restMs('telegram:1', new Date(5_000))).toBe(5_000);
  expect(pace.restMs('telegram:2', new Date(5_000))).toBe(0);
  expect(pace.restMs('telegram:1', new Date(10_000))).toBe(0);
});

test('a pause of everybody is never shortened', () => {
  const pace = createPace(TELEGRAM_PACE, () => false);
  const refuse = (until: number) => {
    for (const chat of ['b', 'c']) pace.refuse(chat, new Date(1000), new Date(until));
  };
  refuse(9000);
  refuse(5000);
  expect(pace.waitMs('a', new Date(1000))).toBe(8000);
  expect(pace.waitMs('a', new Date(9000))).toBe(0);
});

test('a 429 lets the person rest whose chat it was; said to several it stops everybody, of a group the group alone', () => {
  const pace = createPace(TELEGRAM_PACE, (chat) => chat === 'staff');
  const at = (ms: number) => new Date(1_000_000 + ms);
  pace.refuse('a', at(0), at(60_000));
  expect(pace.waitMs('a', at(100))).toBe(0);
  expect(pace.restMs('a', at(100))).toBe(59_900);
  expect(pace.restMs('b', at(100))).toBe(0);

  pace.refuse('staff', at(200), at(40_000));
  pace.refuse('a', at(300), at(60_000));
  expect(pace.waitMs('a', at(400))).toBe(0);

  // A minute later it is another matter.
  pace.refuse('b', at(61_000), at(91_000));
  expect(pace.waitMs('a', at(61_100))).toBe(0);
  // Nor where others are served in between.
  pace.taken('a');
  pace.refuse('c', at(61_200), at(71_000));
  expect(pace.waitMs('a', at(61_300))).toBe(0);
  pace.refuse('d', at(61_500), at(91_000));
  expect(pace.waitMs('a', at(61_600))).toBe(29_400);
});

test.each([
  ['an hour', 3_600_000],
  ['a day, because the machine began with its own clock', 86_400_000],
])('a clock that is set back by %s makes nobody wait for so long', (_, backMs) => {
  const pace = createPace(TELEGRAM_PACE, (chat) => chat === 'staff');
  let now = 1_800_000_000_000;
  pace.note('a', new Date(now));
  for (let i = 0; i < 18; i += 1) pace.note('staff', new Date(now));
  pace.hold('b', new Date(now + 5_000));
  for (const chat of ['c', 'd']) pace.refuse(chat, new Date(now), new Date(now + 2_000));
  expect(pace.waitMs('a', new Date(now))).toBe(2_000);
  now -= backMs;
  expect(pace.waitMs('a', new Date(now))).toBe(2_000);
  expect(pace.restMs('a', new Date(now))).toBe(1_000);
  expect(pace.restMs('staff', new Date(now))).toBe(60_000);
  now += 5_000;
  expect(pace.waitMs('a', new Date(now))).toBe(0);
  expect(pace.resting(new Date(now))).toEqual(['staff']);
  now += 55_000;
  expect(pace.resting(new Date(now))).toEqual([]);
  pace.note('a', new Date(now));
  expect(pace.waitMs('a', new Date(now + 100))).toBe(0);
  expect(pace.restMs('a', new Date(now + 100))).toBe(900);
});
