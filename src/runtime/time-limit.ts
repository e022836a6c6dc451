import { openRoster } from './roster.ts';

/** A time limit that many things at once are held to. */
export type TimeLimit = {
  ms: number;
  /** Calls `onLate` once, when the time is up and what is handed back was not called before. */
  watch: (onLate: () => void) => () => void;
};

/** All that is held to one limit shares one timer. A limit rings up to a tenth of its time late, and keeps no process alive. */
export function openTimeLimit(ms: number): TimeLimit {
  const watched = openRoster<{ until: number; stop: () => void; onLate: () => void }>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const now = performance.now();
    const present = watched.present();
    for (const { until, stop, onLate } of present) {
      if (until > now) continue;
      stop();
      onLate();
    }
    if (present.length > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    ms,
    watch(onLate) {
      const one = { until: performance.now() + ms, onLate, stop: () => {} };
      one.stop = watched.enter(one);
      timer ??= setInterval(look, Math.max(1, ms / 10)).unref();
      return one.stop;
    },
  };
}

/** What `work` comes to, or what `late` gives when the limit is over before. */
export function within<T, L>(limit: TimeLimit, work: Promise<T>, late: () => L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const stop = limit.watch(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    });
    work.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error: unknown) => {
        stop();
        reject(error);
      },
    );
  });
}
