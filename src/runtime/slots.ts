import { type TimeLimit, within } from './time-limit.ts';

/** What goes on at once is so much at most; the rest waits in its order. */
export type Slots = {
  /** Does `work` in a slot of its own. Rejects, and does nothing, where none is free within the limit. */
  use: <T>(limit: TimeLimit, work: () => Promise<T>) => Promise<T>;
};

export function openSlots(most: number): Slots {
  let free = most;
  const waiting: (() => void)[] = [];

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  async function take(limit: TimeLimit): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    let enter = (): void => undefined;
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
      waiting.push(enter);
    });
    await within(limit, entered, () => {
      const place = waiting.indexOf(enter);
      // It was given one in this very moment.
      if (place === -1) return;
      waiting.splice(place, 1);
      throw new Error('no slot is free');
    });
  }

  return {
    async use(limit, work) {
      await take(limit);
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
