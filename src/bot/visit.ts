import type { Context } from 'grammy';
import type { Turn } from '../adapters/turns/turns.ts';
import type { Progress } from '../dialogs/kit/progress.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import type { MessengerId } from '../office/caller.ts';

/** One update of one person, from the moment its turn was taken until it is finished. */
export type Visit = {
  turn: Turn;
  messengerId: MessengerId;
  updateId: number;
  voice: Voice;
  /** The dialog that is under way; replaced or emptied by what happens. */
  progress: Progress | undefined;
  /** There was a dialog, and its code has changed since. */
  outdated: boolean;
};

const visits = new WeakMap<object, Visit>();

/** Ties a visit to its update, from which grammY makes the context. */
export function beginVisit(update: object, visit: Visit): void {
  visits.set(update, visit);
}

export function visitOf(ctx: Context): Visit {
  const visit = visits.get(ctx.update);
  if (!visit) throw new Error('An update came to the bot without a turn: feed updates through take-update.ts');
  return visit;
}
