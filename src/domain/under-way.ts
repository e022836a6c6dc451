import { DAY_MS } from './durations.ts';
import type { LocalDay } from './local-day.ts';
import { type Kopecks, sumOf } from './money.ts';

/**
 * How far a payment made in the bot has come that is not in billing's books for its account: `fresh` in its usual time, `late` beyond it,
 * `overdue` for so long that it no longer counts, `held` where staff have to credit it first, `elsewhere` where a registry has it on another
 * account; `unbilled` where a registry has it,
 * dated within the month of the latest charges, which do not contain it: it is not one of the payments after them either.
 */
export type UnderWayState = 'fresh' | 'late' | 'overdue' | 'held' | 'elsewhere' | 'unbilled';

/** A payment made in the bot that what billing says is owed does not contain yet, and the day on which it was made. */
export type UnderWay = { day: LocalDay; sumKopecks: Kopecks; state: UnderWayState };

/** After so many days the words change (staff are told then, too), and after so many it is taken off nothing any more (`CENTRE_FILE`). */
export type UnderWayRules = { lateAfterDays: number; countedForDays: number };

/** By the time since the money became the account's, which a senior may do long after it was paid. */
export function judgeUnderWay(
  { creditedAt, elsewhere, held = false }: { creditedAt: Date; elsewhere: boolean; held?: boolean },
  now: Date,
  { lateAfterDays, countedForDays }: UnderWayRules,
): UnderWayState {
  if (elsewhere) return 'elsewhere';
  const ageMs = now.getTime() - creditedAt.getTime();
  if (ageMs > Math.max(countedForDays, lateAfterDays) * DAY_MS) return 'overdue';
  if (held) return 'held';
  return ageMs > lateAfterDays * DAY_MS ? 'late' : 'fresh';
}

/** What of them is taken off what is offered to pay. */
export function deductedOf(underWay: readonly UnderWay[]): Kopecks {
  return countedOf(underWay, (state) => isOnTheWay(state) || state === 'unbilled');
}

/** What of that no registry has brought yet: «в пути». */
export function onTheWayOf(underWay: readonly UnderWay[]): Kopecks {
  return countedOf(underWay, isOnTheWay);
}

function isOnTheWay(state: UnderWayState): boolean {
  return state === 'fresh' || state === 'late' || state === 'held';
}

function countedOf(underWay: readonly UnderWay[], counts: (state: UnderWayState) => boolean): Kopecks {
  return sumOf(underWay.filter(({ state }) => counts(state)).map(({ sumKopecks }) => sumKopecks));
}
