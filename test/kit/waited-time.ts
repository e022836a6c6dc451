import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/office/edges.ts';

/** A clock for what sleeps by it: whoever sleeps moves it on at once, and lets the others have their turn. */
export type WaitedTime = {
  clock: Clock;
  sleep(ms: number): Promise<void>;
  /** It goes on by so much, and nobody has slept. */
  pass(ms: number): void;
  /** It shows this from now on, in milliseconds as `Date.now()`. */
  set(ms: number): void;
};

export function waitedTime(start: number): WaitedTime {
  let now = start;
  return {
    clock: () => new Date(now),
    async sleep(ms) {
      now += ms;
      await setImmediate();
    },
    pass(ms) {
      now += ms;
    },
    set(ms) {
      now = ms;
    },
  };
}
