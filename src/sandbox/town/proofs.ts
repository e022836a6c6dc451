import { formatPeriod, type Period } from '../../domain/period.ts';
import { roubles, type Town } from './generate.ts';
import { LAST } from './life.ts';

/** What proves an account: its payments by month, the newest first, as they are typed. */
export type Proof = { account: string; months: readonly { words: string; sum: string }[] };

/**
 * The two accounts of the first resident: a flat with a debt whose last payment is no round sum, and a house beside it. None of those
 * that the page offers to link.
 */
export function proofsFor(town: Town): Proof[] {
  const fits = (flat: boolean) => (one: Town[number]) =>
    one.household.flat === flat &&
    one.household.habit === 'to-the-kopeck' &&
    one.household.metered &&
    !one.household.closed &&
    !one.household.since &&
    sumsOf(one).at(-1)?.period === LAST &&
    (sumsOf(one).at(-1)?.sum ?? 0) % 5_000 !== 0;
  // From the end: the page offers the first of every kind.
  return [town.findLast(fits(true)), town.findLast(fits(false))]
    .filter((one) => one !== undefined)
    .map((one) => ({
      account: one.household.account,
      months: sumsOf(one)
        .toReversed()
        .map(({ period, sum }) => ({ words: formatPeriod(period), sum: roubles(sum) })),
    }));
}

/** What was paid, by month. */
function sumsOf({ life }: Town[number]): { period: Period; sum: number }[] {
  const sums = new Map<Period, number>();
  for (const { period, sum } of life.payments) sums.set(period, (sums.get(period) ?? 0) + sum);
  return [...sums].map(([period, sum]) => ({ period, sum })).sort((one, other) => (one.period < other.period ? -1 : 1));
}
