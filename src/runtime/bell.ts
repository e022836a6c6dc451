import { sleep } from './sleep.ts';

/** Wakes a worker that waits for something to do. */
export type Bell = {
  ring: () => void;
  /** Until it rings, for so long at most; at once where it rang since the last wait. Whether it rang. */
  wait: (ms: number, signal: AbortSignal) => Promise<boolean>;
  /** Whether it is rung when something comes in; where it is not, a worker looks by itself, and more often. */
  isHeard: () => boolean;
};

export function createBell(pause: typeof sleep = sleep, isHeard: () => boolean = () => true): Bell {
  let rang = false;
  let wake: (() => void) | undefined;

  return {
    ring() {
      rang = true;
      wake?.();
    },
    async wait(ms, signal) {
      if (!rang && !signal.aborted) {
        const woken = new AbortController();
        wake = () => woken.abort();
        signal.addEventListener('abort', wake);
        await pause(ms, woken.signal);
        signal.removeEventListener('abort', wake);
        wake = undefined;
      }
      const answer = rang;
      rang = false;
      return answer;
    },
    isHeard,
  };
}
