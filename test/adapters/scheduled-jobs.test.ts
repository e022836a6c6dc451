import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBell } from '../../src/runtime/bell.ts';
import { type ScheduledJob, startScheduledJobs } from '../../src/adapters/scheduled-jobs.ts';

const HOUR_MS = 3_600_000;

function start(...scheduledJobs: ScheduledJob[]) {
  const troubles: string[] = [];
  const started = startScheduledJobs(scheduledJobs, (scheduledJob, error) => troubles.push(`${scheduledJob}: ${String(error)}`));
  onTestFinished(() => started.stop());
  return { ...started, troubles };
}

test('a scheduled job is done at once, again when hurried, and not beside itself', async () => {
  let begun = 0;
  let finish = () => {};
  const { hurry } = start({
    name: 'slow',
    everyMs: HOUR_MS,
    work: () => {
      begun += 1;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    },
  });
  expect(begun).toBe(1);
  hurry();
  expect(begun).toBe(1);
  finish();
  await setImmediate();
  hurry();
  await setImmediate();
  expect(begun).toBe(2);
  finish();
});

test('what is under way hears that it is to end', async () => {
  const { stop, troubles } = start({
    name: 'long',
    everyMs: HOUR_MS,
    work: (signal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
  });
  await stop();
  expect(troubles).toEqual([]);
});

test('one that broke is told of and is hurried like the others', async () => {
  let done = 0;
  const { hurry, troubles } = start(
    { name: 'broken', everyMs: HOUR_MS, work: () => Promise.reject(new Error('no')) },
    { name: 'whole', everyMs: HOUR_MS, work: async () => (done += 1) },
  );
  await setImmediate();
  hurry();
  await setImmediate();
  expect(troubles).toEqual(['broken: Error: no', 'broken: Error: no']);
  expect(done).toBe(2);
});

test('one that is hurried while it rests after its bell is done at once, and after that rest, too', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  let done = 0;
  const bell = createBell();
  const { hurry } = start({
    name: 'news',
    everyMs: HOUR_MS,
    woken: { bell, afterMs: 11_000, deafMs: HOUR_MS },
    work: async () => (done += 1),
  });
  await setImmediate();
  bell.ring();
  await vi.advanceTimersByTimeAsync(1_000);
  hurry();
  await setImmediate();
  expect(done).toBe(2);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(done).toBe(3);
  // Nothing is owed any more.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toBe(3);
});
