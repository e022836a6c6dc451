/** Something that is due again and again. */
export type ScheduledJob = { name: string; everyMs: number; work: () => Promise<unknown> };

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
  const timers = new Map<NodeJS.Timeout, ScheduledJob>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  function due(scheduledJob: ScheduledJob): void {
    const done: Promise<void> = scheduledJob
      .work()
      .then(
        () => {},
        (error: unknown) => onError(scheduledJob.name, error),
      )
      .finally(() => {
        underWay.delete(done);
        if (!stopped) later(scheduledJob);
      });
    underWay.add(done);
  }

  function later(scheduledJob: ScheduledJob): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      due(scheduledJob);
    }, scheduledJob.everyMs);
    timers.set(timer, scheduledJob);
  }

  for (const scheduledJob of scheduledJobs) due(scheduledJob);
  return {
    hurry() {
      for (const [timer, scheduledJob] of timers) {
        clearTimeout(timer);
        timers.delete(timer);
        due(scheduledJob);
      }
    },
    async stop() {
      stopped = true;
      for (const timer of timers.keys()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
