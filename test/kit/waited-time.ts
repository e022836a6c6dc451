import { setImmediate } from 'node:timers/promises';
import { sleep } from '../../src/runtime/sleep.ts';
import type { Clock } from '../../src/office/edges.ts';

/** A clock for what sleeps by it: whoever sleeps moves it on, and lets the others have their turn. */
export type WaitedTime = {
  clock: Clock;
  /** Whoever is woken has not slept. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** It goes on by so much, and nobody has slept. */
  pass(ms: number): void;
  /** It shows this from now on, in milliseconds as `Date.now()`. */
  set(ms: number): void;
};

/** The pace between two calls is shorter: many are under way at once, as in earnest. */
const REST_MS = 50;
/** So long a rest takes really. Who rests waits for what is under way to wake him: without this he would ask the database all the while. */
const REAL_MS = 5;

export function waitedTime(start: number): WaitedTime {
  let now = start;
  return {
    clock: () => new Date(now),
    async sleep(ms, signal) {
      await (ms < REST_MS ? setImmediate() : sleep(REAL_MS, signal));
      if (!signal?.aborted) now += ms;
    },
    pass(ms) {
      now += ms;
    },
    set(ms) {
      now = ms;
    },
  };
}
