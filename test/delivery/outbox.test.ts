import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Load, Source } from '../../src/delivery/line.ts';
import type { OutboxOptions } from '../../src/delivery/outbox.ts';
import { startLoneOutbox, telegramPace } from '../kit/lone-outbox.ts';
import { testDatabase } from '../kit/postgres.ts';

const START = Date.parse('2026-11-23T07:00:00Z');

let base: Awaited<ReturnType<typeof testDatabase>>;
let now: number;

beforeEach(async () => {
  base = await testDatabase();
  now = START;
});
afterEach(() => base.close());

const sourceOf = (take: Source['take']): Source => ({
  take,
  countWaiting: async () => 0,
  dueInMs: async () => Number.POSITIVE_INFINITY,
});

/** Sends so many things to the group, each of so many messages; when each went out, in seconds. */
async function send(
  sizes: readonly number[],
  list: OutboxOptions['groupSends']['list'] = async () => [],
  keep: OutboxOptions['groupSends']['keep'] = async () => {},
): Promise<number[]> {
  const went: number[] = [];
  const waiting = [...sizes];
  const load = (messages: number): Load => ({
    key: `load ${waiting.length}`,
    addressee: 'staff',
    prepare: async () => ({
      messages,
      go: async () => {
        went.push(Math.round((now - START) / 1000));
        return { arrived: true, write: async () => {} };
      },
    }),
    release: async () => void waiting.unshift(messages),
  });
  const take = async ({ resting }: { resting: readonly string[] }) => {
    const next = resting.includes('staff') ? undefined : waiting.shift();
    return next === undefined ? [] : [load(next)];
  };
  const outbox = startLoneOutbox({
    pace: telegramPace(),
    source: sourceOf(take),
    url: base.url,
    paceClock: () => new Date(now),
    groupSends: { keep, list },
    log: { info: () => {}, warn: () => {} },
    sleep: async (ms) => {
      now += ms;
      await setImmediate();
    },
  });
  await vi.waitFor(() => expect(went).toHaveLength(sizes.length), { timeout: 20_000, interval: 5 });
  await outbox.stop();
  return went;
}

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
  const load = (what: string): Load => ({
    key: what,
    addressee: 'telegram:1',
    prepare: async () => ({
      messages: 1,
      go: async () => {
        went.push(what);
        if (went.length === 1) await opened;
        return { arrived: true, write: async () => {} };
      },
    }),
    release: async () => void line.unshift(what),
  });
  const outbox = startLoneOutbox({
    pace: telegramPace(),
    source: sourceOf(async () => line.splice(0, 1).map(load)),
    url: base.url,
    paceClock: () => new Date(now),
    groupSends: { keep: async () => {}, list: async () => [] },
    log: { info: () => {}, warn: () => {} },
    sleep: async (ms) => {
      now += ms;
      await setImmediate();
    },
  });
  await vi.waitFor(() => expect(line).toEqual([]), { timeout: 20_000, interval: 5 });
  expect(went).toEqual(['slow']);
  open();
  await vi.waitFor(() => expect(went).toEqual(['slow', 'slow']), { timeout: 5_000, interval: 5 });
  await outbox.stop();
});

test('a chat that has rested while the outbox was looked through is looked after at once', async () => {
  const went: number[] = [];
  const line = ['first', 'second'];
  let looks = 0;
  const load = (what: string): Load => ({
    key: what,
    addressee: 'telegram:1',
    prepare: async () => ({
      messages: 1,
      go: async () => {
        went.push(now - START);
        return { arrived: true, write: async () => {} };
      },
    }),
    release: async () => void line.unshift(what),
  });
  const outbox = startLoneOutbox({
    pace: telegramPace(),
    source: sourceOf(async ({ resting }) => {
      if (!resting.includes('telegram:1')) return line.splice(0, 1).map(load);
      // That the first one landed wakes it once more; then the database is slower than the chat rests.
      looks += 1;
      now += looks === 2 ? 1_500 : 0;
      return [];
    }),
    url: base.url,
    paceClock: () => new Date(now),
    groupSends: { keep: async () => {}, list: async () => [] },
    log: { info: () => {}, warn: () => {} },
    idleMs: { heard: 3_600_000, deaf: 3_600_000 },
    sleep: async (ms) => {
      now += ms;
      await setImmediate();
    },
  });
  await vi.waitFor(() => expect(went).toHaveLength(2), { timeout: 20_000, interval: 5 });
  await outbox.stop();
  expect(went[1]).toBeLessThan(10_000);
});

test('what became of a message is tried to be written for as long as it takes, and meanwhile it goes out no second time', async () => {
  const went: string[] = [];
  let failuresLeft = 20;
  let isWritten = false;
  let takes = 0;
  const load: Load = {
    key: 'load',
    addressee: 'telegram:1',
    prepare: async () => ({
      messages: 1,
      go: async () => {
        went.push('load');
        return {
          arrived: true,
          write: async () => {
            failuresLeft -= 1;
            if (failuresLeft >= 0) throw new Error('no database');
            isWritten = true;
          },
        };
      },
    }),
    release: async () => {},
  };
  const outbox = startLoneOutbox({
    pace: telegramPace(),
    // Once it is on its way its lease runs out again and again.
    source: sourceOf(async () => (isWritten || (takes++ > 0 && went.length === 0) ? [] : [load])),
    url: base.url,
    paceClock: () => new Date(now),
    groupSends: { keep: async () => {}, list: async () => [] },
    log: { info: () => {}, warn: () => {} },
    sleep: async (ms) => {
      now += ms;
      await setImmediate();
    },
  });
  await vi.waitFor(() => expect(isWritten).toBe(true), { timeout: 20_000, interval: 5 });
  await outbox.stop();
  expect(went).toEqual(['load']);
});

test('a call that follows another one has its share of the second, too', async () => {
  const went: number[] = [];
  const waiting = Array.from({ length: 60 }, (_, person) => person);
  const outbox = startLoneOutbox({
    pace: telegramPace(),
    source: sourceOf(async ({ limit }) =>
      waiting.splice(0, limit).map(
        (person): Load => ({
          key: `load ${person}`,
          addressee: `telegram:${person}`,
          prepare: async () => ({
            messages: 1,
            go: async () => {
              went.push(now - START);
              return { arrived: true, write: async () => {}, afterwards: async () => void went.push(now - START) };
            },
          }),
          release: async () => void waiting.unshift(person),
        }),
      ),
    ),
    url: base.url,
    paceClock: () => new Date(now),
    groupSends: { keep: async () => {}, list: async () => [] },
    log: { info: () => {}, warn: () => {} },
    sleep: async (ms) => {
      now += ms;
      await setImmediate();
    },
  });
  await vi.waitFor(() => expect(went).toHaveLength(120), { timeout: 20_000, interval: 5 });
  await outbox.stop();
  for (const at of went) expect(went.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(30);
});

test('its steps can be counted: while a line cannot be read there is none, and who stands by takes his from the other one', async () => {
  const steps = { sends: 0, standsBy: 0 };
  let isAway = true;
  const open = (who: keyof typeof steps) =>
    startLoneOutbox({
      pace: telegramPace(),
      source: sourceOf(async () => {
        if (isAway) {
          tries += 1;
          throw new Error('away');
        }
        return [];
      }),
      url: base.url,
      paceClock: () => new Date(),
      groupSends: { keep: async () => {}, list: async () => [] },
      log: { info: () => {}, warn: () => void (warnings += 1) },
      idleMs: { heard: 10, deaf: 10 },
      onStep: () => void (steps[who] += 1),
    });
  let tries = 0;
  let warnings = 0;
  const first = open('sends');
  await vi.waitFor(() => expect(tries).toBeGreaterThan(3), { timeout: 60_000 });
  expect(steps.sends).toBe(0);
  expect(warnings).toBe(1);
  isAway = false;
  await vi.waitFor(() => expect(steps.sends).toBeGreaterThan(3), { timeout: 60_000 });
  isAway = true;
  const second = open('standsBy');
  await vi.waitFor(() => expect(steps.standsBy).toBeGreaterThan(0), { timeout: 60_000 });
  await Promise.all([first.stop(), second.stop()]);
});

test('what became of a message, where the database never takes it, is given up: it holds no place, and is sent by nobody again', async () => {
  const went: string[] = [];
  const givenUp: string[] = [];
  const load: Load = {
    key: 'load',
    addressee: 'telegram:1',
    prepare: async () => ({
      messages: 1,
      go: async () => {
        went.push('load');
        const write = () => Promise.reject(Object.assign(new Error('refused'), { code: '23505' }));
        return { arrived: true, write, giveUp: async (reason) => void givenUp.push(reason) };
      },
    }),
    release: async () => {},
  };
  const line = [load];
  const outbox = startLoneOutbox({
    pace: telegramPace(),
    source: sourceOf(async () => line.splice(0, 1)),
    url: base.url,
    paceClock: () => new Date(now),
    groupSends: { keep: async () => {}, list: async () => [] },
    log: { info: () => {}, warn: () => {} },
    sleep: async (ms) => {
      now += ms;
      await setImmediate();
    },
  });
  await vi.waitFor(() => expect(givenUp).toEqual(['what became of it cannot be written down']), { timeout: 20_000, interval: 5 });
  await outbox.stop();
  expect(went).toEqual(['load']);
});
