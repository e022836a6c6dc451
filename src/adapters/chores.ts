/** Something that is due again and again. */
export type Chore = { name: string; everyMs: number; work: () => Promise<unknown> };

export type Chores = {
  /** Does now what waits for its time: the clock was moved. */
  hurry: () => void;
  /** Begins no more, waits for what is under way. */
  stop: () => Promise<void>;
};

/** Does each chore at once and then at its time, never two of the same together; a breakage is told and the next time is another try. */
export function startChores(chores: readonly Chore[], onTrouble: (chore: string, error: unknown) => void): Chores {
  const timers = new Map<NodeJS.Timeout, Chore>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  function due(chore: Chore): void {
    const done: Promise<void> = chore
      .work()
      .then(
        () => {},
        (error: unknown) => onTrouble(chore.name, error),
      )
      .finally(() => {
        underWay.delete(done);
        if (!stopped) later(chore);
      });
    underWay.add(done);
  }

  function later(chore: Chore): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      due(chore);
    }, chore.everyMs);
    timers.set(timer, chore);
  }

  for (const chore of chores) due(chore);
  return {
    hurry() {
      for (const [timer, chore] of timers) {
        clearTimeout(timer);
        timers.delete(timer);
        due(chore);
      }
    },
    async stop() {
      stopped = true;
      for (const timer of timers.keys()) clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}
