import { type Bell, createBell } from '../runtime/bell.ts';
import { sleep } from '../runtime/sleep.ts';

/** Something that is due again and again. */
export type ScheduledJob = {
  name: string;
  everyMs: number;
  /** It is due so long after the bell rang, too; where that is not heard, every `deafMs`. */
  woken?: { bell: Bell; afterMs: number; deafMs: number };
  /** `soon`: there is more to do, or somebody else's end to wait for. What takes long ends when `stop` is aborted. */
  work: (stop: AbortSignal) => Promise<unknown>;
};

export type ScheduledJobs = {
  /** Does now what waits for its time: the clock was moved. */
  hurry: () => void;
  /** Begins no more, waits for what is under way. */
  stop: () => Promise<void>;
};

/** Does each scheduled job at once and then at its time, never two of the same together; a breakage is told and the next time is another try. */
export function startScheduledJobs(
  scheduledJobs: readonly ScheduledJob[],
  onError: (scheduledJob: string, error: unknown) => void,
): ScheduledJobs {
  const stop = new AbortController();
  let hurried = new AbortController();

  async function run({ name, everyMs, work, woken }: ScheduledJob): Promise<void> {
    const bell = woken?.bell ?? createBell();
    // It rang, and the time after it was cut short by `hurry`: what rang may not be ready yet, so that it is looked at once more then.
    let isOwed = false;
    while (!stop.signal.aborted) {
      const isMore = await work(stop.signal).then(
        (answer) => answer === 'soon',
        (error: unknown) => onError(name, error),
      );
      const cut = hurried.signal;
      if (stop.signal.aborted || cut.aborted) continue;
      const isSlow = woken === undefined || (bell.isHeard() && !isMore);
      const isRung: boolean = isOwed || (await bell.wait(isSlow ? everyMs : woken.deafMs, cut));
      if (isRung && woken) await sleep(woken.afterMs, cut);
      isOwed = isRung && cut.aborted;
    }
  }

  const running = scheduledJobs.map(run);
  const hurry = () => {
    const before = hurried;
    hurried = new AbortController();
    before.abort();
  };
  return {
    hurry,
    async stop() {
      stop.abort();
      hurry();
      await Promise.all(running);
    },
  };
}
