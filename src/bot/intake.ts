import type { Update } from 'grammy/types';
import { openRoster } from '../adapters/roster.ts';
import { openTimeLimit, within } from '../adapters/time-limit.ts';
import { setAlarm } from './alarm.ts';
import type { TakeUpdate } from './take-update.ts';

export type IntakeParts = {
  take: TakeUpdate;
  /** The same for an update from the shelf: it is the earliest, and waits for nothing. */
  takeHeld?: TakeUpdate;
  /** Resolves when what comes before an update is over; undefined: nothing does. */
  comesAfter?: (update: Update) => Promise<void> | undefined;
  shelf: Shelf;
  /** A held update could not be worked off, or the shelf did not answer: it is taken up again. */
  onRejected: (error: unknown) => void;
  /** An update that takes longer is kept safe and no longer waited for: Telegram is answered within two seconds. */
  slowMs?: number;
  /** How often the shelf hears that held updates are worked on. */
  beatMs?: number;
};

/** Where updates are kept safe while they are worked on. */
export type Shelf = {
  /** Keeps an update where another process finds it should this one die. */
  hold: (update: Update) => Promise<void>;
  stillAtWork: (updates: readonly Update[]) => Promise<void>;
  /** A held update came to its end. */
  settled: (update: Update) => Promise<void>;
  /** A held update could not be worked off now. */
  letGo: (update: Update) => Promise<void>;
};

export type Intake = {
  /** Resolves when nothing of the update can be lost any more: it was worked off, or is kept safe. Rejects when it must come again. */
  accept: (update: Update) => Promise<void>;
  /** Works off an update that was found on the shelf. */
  takeUp: (update: Update) => void;
  /** Waits until all that was accepted has come to an end, for so long at most. */
  drain: (mostMs: number) => Promise<void>;
};

/** Telegram should not wait for us, nor those behind an update for one that is slow. */
export function createIntake({
  take,
  takeHeld = take,
  comesAfter = () => undefined,
  shelf,
  onRejected,
  slowMs = 1_500,
  beatMs = 3_000,
}: IntakeParts): Intake {
  const underWay = openRoster<Promise<unknown>>();
  const slow = openTimeLimit(slowMs);
  const held = new Set<Update>();
  let beating: NodeJS.Timeout | undefined;

  function track(work: Promise<unknown>): void {
    const leave = underWay.enter(work);
    work.then(leave, leave);
  }

  async function finishHeld(update: Update, taken: Promise<void>): Promise<void> {
    held.add(update);
    beating ??= setInterval(beat, beatMs).unref();
    try {
      await taken;
      await shelf.settled(update);
    } catch (error) {
      onRejected(error);
      await shelf.letGo(update).catch(onRejected);
    } finally {
      held.delete(update);
    }
  }

  function beat(): void {
    if (held.size > 0) return void shelf.stillAtWork([...held]).catch(onRejected);
    clearInterval(beating);
    beating = undefined;
  }

  return {
    async accept(update) {
      const before = comesAfter(update);
      const taken = before ? before.then(() => take(update)) : take(update);
      track(taken);

      if ((await within(slow, taken, () => 'late')) !== 'late') return;
      await shelf.hold(update);
      track(finishHeld(update, taken));
    },

    takeUp: (update) => track(finishHeld(update, takeHeld(update))),

    async drain(mostMs) {
      const enough = setAlarm(mostMs);
      const allOver = async () => {
        for (let some = underWay.present(); some.length > 0; some = underWay.present()) await Promise.allSettled(some);
      };
      await Promise.race([allOver(), enough.rings]);
      enough.stop();
    },
  };
}
