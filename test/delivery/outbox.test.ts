import { afterEach, beforeEach, expect, test } from 'vitest';
import { sleep } from '../../src/runtime/sleep.ts';
import { TELEGRAM_PACE } from '../../src/channels/telegram/limits.ts';
import type { DeliveryVerdict, ClaimedRow, OutboxSource } from '../../src/delivery/flight.ts';
import type { OutboxOptions } from '../../src/delivery/outbox.ts';
import { createPaces } from '../../src/delivery/paces.ts';
import { startLoneOutbox } from '../kit/lone-outbox.ts';
import { testDatabase } from '../kit/postgres.ts';
import { type WaitedTime, waitedTime } from '../kit/waited-time.ts';
import { waitFor } from '../kit/wait-for.ts';

const START = Date.parse('2026-11-23T07:00:00Z');

let base: Awaited<ReturnType<typeof testDatabase>>;
let time: WaitedTime;

beforeEach(async () => {
  base = await testDatabase();
  time = waitedTime(START);
});
afterEach(() => base.close());

const passedMs = () => time.clock().getTime() - START;

/** An outbox over what `take` has in line, on a clock that runs as fast as it sleeps. */
const start = (take: OutboxSource['take'], more: Partial<OutboxOptions> = {}) =>
  startLoneOutbox({
    source: { take, countWaiting: async () => 0, dueInMs: async () => Number.POSITIVE_INFINITY },
    url: base.url,
    time,
    ...more,
  });

type Go = () => Promise<DeliveryVerdict>;
const message = (
  key: string,
  go: Go,
  more: Partial<Pick<ClaimedRow, 'addressee' | 'release'>> & { messages?: number } = {},
): ClaimedRow => {
  const { addressee = 'telegram:1', release = async () => {}, messages = 1 } = more;
  return { key, addressee, release, prepare: async () => ({ messages, go }) };
};
const arrived = { arrived: true, write: async () => {} };

/** Sends so many things to the group, each of so many messages; when each went out, in seconds. */
async function send(
  sizes: readonly number[],
  list: OutboxOptions['groupSends']['list'] = async () => [],
  keep: OutboxOptions['groupSends']['keep'] = async () => {},
): Promise<number[]> {
  const went: number[] = [];
  const waiting = [...sizes];
  const load = (messages: number): ClaimedRow => {
    const go = async () => {
      went.push(Math.round(passedMs() / 1000));
      return arrived;
    };
    return message(`load ${waiting.length}`, go, {
      addressee: 'staff',
      messages,
      release: async () => void waiting.unshift(messages),
    });
  };
  const take = async ({ resting }: { resting: readonly string[] }) => {
    const next = resting.includes('staff') ? undefined : waiting.shift();
    return next === undefined ? [] : [load(next)];
  };
  const outbox = start(take, { groupSends: { keep, list } });
  await waitFor(() => expect(went).toHaveLength(sizes.length), 5);
  await outbox.stop();
  return went;
}

test('at one look so much is taken as goes out in a second, in all messengers together', async () => {
  const limits: number[] = [];
  const slow = { perSecond: 1.5, chatRestMs: 500, perGroupMinute: 20 };
  const take: OutboxSource['take'] = async ({ limit }) => {
    limits.push(limit);
    return [];
  };
  const outbox = start(take, { pace: createPaces<'telegram' | 'max'>({ telegram: TELEGRAM_PACE, max: slow }, 'telegram') });
  await waitFor(() => expect(limits[0]).toBe(31), 5);
  await outbox.stop();
});

test('an album waits until all of it has room in the minute, and nothing overtakes it', async () => {
  const went = await send([...Array<number>(12).fill(1), 10, 1]);
  const [album = 0, after = 0] = went.slice(12);
  expect(went[11]).toBeLessThan(30);
  expect(album).toBeGreaterThanOrEqual(60);
  expect(after).toBeGreaterThan(album);
});

test('what the group was sent before the process died counts in its minute', async () => {
  const [first] = await send([1], async () => [{ at: new Date(START - 10_000), messages: 18 }]);
  expect(first).toBeGreaterThanOrEqual(50);
  expect(first).toBeLessThan(60);
});

test('nor is the group silent because the clock was set back since', async () => {
  const [first] = await send([1], async () => [{ at: new Date(START + 3_600_000), messages: 18 }]);
  expect(first).toBeLessThanOrEqual(60);
});

test('what goes out to the group is written down before it goes; what cannot be goes back into its line', async () => {
  const kept: { at: number; messages: number }[] = [];
  let failures = 2;
  const went = await send([1, 3, 1], undefined, async (at, messages) => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('no database');
    }
    kept.push({ at: Math.round((at.getTime() - START) / 1000), messages });
  });
  expect(kept.map(({ messages }) => messages)).toEqual([1, 3, 1]);
  expect(kept.map(({ at }) => at)).toEqual(went);
  expect(went).toHaveLength(3);
});

test('what comes up again before its last call is over is put back once it is, not held until its lease is over', async () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const went: string[] = [];
  const line = ['slow', 'slow'];
  const load = (what: string): ClaimedRow => {
    const go = async () => {
      went.push(what);
      if (went.length === 1) await opened;
      return arrived;
    };
    return message(what, go, { release: async () => void line.unshift(what) });
  };
  const outbox = start(async () => line.splice(0, 1).map(load));
  await waitFor(() => expect(line).toEqual([]), 5);
  expect(went).toEqual(['slow']);
  open();
  await waitFor(() => expect(went).toEqual(['slow', 'slow']), 5);
  await outbox.stop();
});

test('what became of a message is tried to be written for as long as it takes, and meanwhile it goes out no second time', async () => {
  const went: string[] = [];
  let failuresLeft = 20;
  let isWritten = false;
  let takes = 0;
  const write = async () => {
    failuresLeft -= 1;
    if (failuresLeft >= 0) throw new Error('no database');
    isWritten = true;
  };
  const load = message('load', async () => {
    went.push('load');
    return { arrived: true, write };
  });
  // Once it is on its way its lease runs out again and again.
  const outbox = start(async () => (isWritten || (takes++ > 0 && went.length === 0) ? [] : [load]));
  await waitFor(() => expect(isWritten).toBe(true), 5);
  await outbox.stop();
  expect(went).toEqual(['load']);
});

test('a call that follows another one has its share of the second, too', async () => {
  const went: number[] = [];
  const waiting = Array.from({ length: 60 }, (_, person) => person);
  const load = (person: number): ClaimedRow => {
    const go = async () => {
      went.push(passedMs());
      return { ...arrived, afterwards: async () => void went.push(passedMs()) };
    };
    const release = async () => void waiting.unshift(person);
    return message(`load ${person}`, go, { addressee: `telegram:${person}`, release });
  };
  const outbox = start(async ({ limit }) => waiting.splice(0, limit).map(load));
  await waitFor(() => expect(went).toHaveLength(120), 5);
  await outbox.stop();
  for (const at of went) expect(went.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(30);
});

test('its steps can be counted: while a line cannot be read there is none, and who stands by takes his from the other one', async () => {
  const steps = { sends: 0, standsBy: 0 };
  let isAway = true;
  let tries = 0;
  let warnings = 0;
  const take = async () => {
    if (!isAway) return [];
    tries += 1;
    throw new Error('away');
  };
  const open = (who: keyof typeof steps) =>
    start(take, {
      paceClock: () => new Date(),
      sleep,
      log: { info: () => {}, warn: () => void (warnings += 1) },
      idleMs: { heard: 10, deaf: 10 },
      onStep: () => void (steps[who] += 1),
    });
  const first = open('sends');
  await waitFor(() => expect(tries).toBeGreaterThan(3));
  expect(steps.sends).toBe(0);
  expect(warnings).toBe(1);
  isAway = false;
  await waitFor(() => expect(steps.sends).toBeGreaterThan(3));
  isAway = true;
  const second = open('standsBy');
  await waitFor(() => expect(steps.standsBy).toBeGreaterThan(0));
  await Promise.all([first.stop(), second.stop()]);
});

test('what became of a message, where the database never takes it, is given up: it holds no place, and is sent by nobody again', async () => {
  const went: string[] = [];
  const givenUp: string[] = [];
  const load = message('load', async () => {
    went.push('load');
    const write = () => Promise.reject(Object.assign(new Error('refused'), { code: '23505' }));
    return { arrived: true, write, giveUp: async (reason) => void givenUp.push(reason) };
  });
  const line = [load];
  const outbox = start(async () => line.splice(0, 1));
  await waitFor(() => expect(givenUp).toEqual(['what became of it cannot be written down']), 5);
  await outbox.stop();
  expect(went).toEqual(['load']);
});

test('what arrived is written down once the database is there again, however often it was not; it is not given up', async () => {
  let away = 12;
  let written = 0;
  const givenUp: string[] = [];
  const verdict: DeliveryVerdict = {
    arrived: true,
    async write() {
      if (away-- > 0) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
      written += 1;
    },
    giveUp: async (why) => void givenUp.push(why),
  };
  const line = ['one'];
  const outbox = start(async () => line.splice(0, 1).map((key) => message(key, async () => verdict)));
  await waitFor(() => expect(written).toBe(1), 5);
  expect(givenUp).toEqual([]);
  await outbox.stop();
});
