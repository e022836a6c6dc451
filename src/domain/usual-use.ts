import { daysBetween, type LocalDay } from './local-day.ts';
import { type Period, periodOf } from './period.ts';
import type { Thousandths } from './reading.ts';

/** What a scale showed on a day. */
export type PastValue = { day: LocalDay; value: Thousandths };

const MONTH_DAYS = 365.25 / 12;
/** Of fewer months nothing usual can be told. */
const ENOUGH_MONTHS = 3;
/** So many times the usual is unusual. */
const TIMES = 4;
/** Where nothing is known of the past: so many times what any household may use. */
const TIMES_UNKNOWN = 5;

/**
 * What is never unusual in a month, whatever the past was (a family comes home to a house that stood empty): kWh of electricity, m³ of
 * gas, and for all else m³ of water, which is also far above the Gcal of any flat.
 */
function never(service: string): Thousandths {
  if (/электр/i.test(service)) return 400_000;
  return /газ/i.test(service) ? 150_000 : 20_000;
}

/** How much was used a month between one value and the next; what went down (a new meter, a rollover, a correction) tells nothing. */
export function monthlyUses(past: readonly PastValue[]): Thousandths[] {
  const inOrder = past.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return inOrder.flatMap(({ day, value }, i) => {
    const before = inOrder[i - 1];
    if (!before || value < before.value || day === before.day) return [];
    return [Math.round((value - before.value) / monthsBetween(before.day, day))];
  });
}

/** A value that is known twice within so many days, by us and by billing, is one. */
const SAME_DAYS = 20;

/** How much was used up to each month with a value, from the newest: what went down (a new meter, a correction) tells nothing. */
export function usesByMonth(past: readonly PastValue[]): { period: Period; used: Thousandths }[] {
  const inOrder = past.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const known: PastValue[] = [];
  for (const each of inOrder) {
    const before = known.at(-1);
    if (!before || each.value !== before.value || daysBetween(before.day, each.day) > SAME_DAYS) known.push(each);
  }
  const uses = new Map<Period, Thousandths>();
  for (const [i, { day, value }] of known.entries()) {
    const before = known[i - 1];
    if (!before || value < before.value) continue;
    uses.set(periodOf(day), (uses.get(periodOf(day)) ?? 0) + value - before.value);
  }
  return [...uses].map(([period, used]) => ({ period, used })).toReversed();
}

/** Within a month people hand in when it suits them: three weeks are a month, too. */
function monthsBetween(from: LocalDay, to: LocalDay): number {
  return Math.max(1, daysBetween(from, to) / MONTH_DAYS);
}

/**
 * From how much used since `last` on it is unusual, by the meter's own past: the median of its months, which one wrong reading or one
 * month away does not move. `uses` are the meter's own months; `volumes`, the months of the whole service on the account, stand in while they are few.
 */
export function unusualSince(
  { service, last, today }: { service: string; last: LocalDay | null; today: LocalDay },
  uses: readonly Thousandths[],
  volumes: readonly Thousandths[],
): Thousandths {
  const known = [uses, volumes].find((months) => months.length >= ENOUGH_MONTHS);
  const aMonth = known ? Math.max(never(service), TIMES * median(known)) : TIMES_UNKNOWN * never(service);
  return Math.round(aMonth * (last === null ? 1 : monthsBetween(last, today)));
}

function median(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b);
  const middle = inOrder.length / 2;
  return ((inOrder[Math.ceil(middle) - 1] ?? 0) + (inOrder[Math.floor(middle)] ?? 0)) / 2;
}
