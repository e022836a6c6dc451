import { type Period, shiftPeriod } from '../../domain/period.ts';
import { createDice } from './dice.ts';
import type { Town } from './generate.ts';
import { chargeMonth, LAST } from './life.ts';
import type { TownCharge } from './rows.ts';

/** What came to the town after its registries were written, in the order in which it came. */
export type Later =
  /** A month was charged. */
  | { month: Period }
  /** A payment, in kopecks; it lessens the next month that is charged. By card in the bot: which of the program's exports it was read in. */
  | { account: string; sum: number; operation?: string; exportNumber?: number };

/** The month that billing charges next. */
export const nextMonth = (later: readonly Later[]): Period =>
  later.reduce((period, one) => ('month' in one ? shiftPeriod(period, 1) : period), shiftPeriod(LAST, 1));

/** All charges of that month, as they follow from everything before; who moved out is charged no more. */
export function chargesOfNextMonth(town: Town, later: readonly Later[]): TownCharge[] {
  return town.flatMap((one) => (one.household.closed ? [] : stateOf(one, later).charge()));
}

/** What an account owes by billing's books, kopecks: less than nothing is an advance; undefined for no account of the town. */
export function owedBy(town: Town, later: readonly Later[], account: string): number | undefined {
  const one = town.find(({ household }) => household.account === account);
  return one && stateOf(one, later).owed;
}

/** An account after all that came later. */
function stateOf({ household, life }: Town[number], later: readonly Later[]): { owed: number; charge: () => TownCharge[] } {
  const charges = [...life.charges];
  const newest = charges.at(-1)?.period;
  let before = charges.filter(({ period }) => period === newest);
  let paid = life.payments.filter(({ period }) => period > LAST).reduce((sum, payment) => sum + payment.sum, 0);
  const charge = (period: Period): TownCharge[] =>
    chargeMonth(createDice(Number(household.account) + Number(period.replace('-', ''))), household, {
      period,
      paid,
      before,
      charges,
    });
  let period = shiftPeriod(LAST, 1);
  for (const one of later) {
    if ('account' in one) {
      if (one.account === household.account) paid += one.sum;
      continue;
    }
    if (!household.closed) {
      before = charge(period);
      charges.push(...before);
      paid = 0;
    }
    period = shiftPeriod(period, 1);
  }
  return { owed: before.reduce((sum, { due }) => sum + due, 0) - paid, charge: () => charge(period) };
}
