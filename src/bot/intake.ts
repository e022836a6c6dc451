import type { Update } from 'grammy/types';
import { setAlarm } from './alarm.ts';
import type { TakeUpdate } from './take-update.ts';

export type IntakeParts = {
  take: TakeUpdate;
  /** Keeps an update where another process finds it should this one die. */
  holdSafe: (update: Update) => Promise<void>;
  /** A held update came to its end. */
  settled: (update: Update) => Promise<void>;
  /** A held update could not be worked off: whoever looks after held updates takes it up again. */
  onRejected: (error: unknown) => void;
  /** An update that takes longer is kept safe and no longer waited for. */
  slowMs?: number;
};

export type Intake = {
  /** Resolves when nothing of the update can be lost any more: it was worked off, or is kept safe. Rejects when it must come again. */
  accept(update: Update): Promise<void>;
  /** Waits until all that was accepted has come to an end, for so long at most. */
  drain(mostMs: number): Promise<void>;
};

/** Telegram should not wait for us, nor those behind an update for one that is slow. */
export function createIntake({ take, holdSafe, settled, onRejected, slowMs = 2_000 }: IntakeParts): Intake {
  const underWay = new Set<Promise<void>>();

  async function finishHeld(update: Update, taken: Promise<void>): Promise<void> {
    try {
      await taken;
      await settled(update);
    } catch (error) {
      onRejected(error);
    }
  }

  return {
    async accept(update) {
      const taken = take(update);
      const over = taken.catch(() => {}).finally(() => underWay.delete(over));
      underWay.add(over);

      const slow = setAlarm(slowMs);
      const late = await Promise.race([taken.then(() => false), slow.rings.then(() => true)]).finally(slow.stop);
      if (!late) return;
      await holdSafe(update);
      const held = finishHeld(update, taken).finally(() => underWay.delete(held));
      underWay.add(held);
    },

    async drain(mostMs) {
      const enough = setAlarm(mostMs);
      await Promise.race([Promise.allSettled(underWay), enough.rings]);
      enough.stop();
    },
  };
}
