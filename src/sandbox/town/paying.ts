import type { Period } from '../../domain/period.ts';
import type { Dice } from './dice.ts';
import type { Habit, Household } from './household.ts';
import type { TownCharge, TownPayment } from './rows.ts';

const SOURCES = ['Банк «Причал»', 'Касса центра', 'Почта', 'СБП'];
/** Payments of the month after the last period, as far as they are known. */
const OPEN_MONTH = '2026-11';
const OPEN_MONTH_UNTIL = 15;

/** What a household pays in a month, by its habit and what the month before left to pay. */
export function payMonth(dice: Dice, household: Household, period: Period, before: readonly TownCharge[]): TownPayment[] {
  const due = before.reduce((sum, charge) => sum + charge.due, 0);
  const open = period === OPEN_MONTH;
  if (open && dice.percent(55)) return [];
  const first = dice.between(3, 12);
  const until = open ? OPEN_MONTH_UNTIL : 27;
  const pay = (sum: number, day: number): TownPayment => ({
    account: household.account,
    period,
    day: `${String(Math.min(day, until)).padStart(2, '0')}.${period.slice(5)}.${period.slice(0, 4)}`,
    sum,
    source: dice.pick(SOURCES),
  });
  if (due <= 0) return [];

  const habits: Readonly<Record<Habit, () => TownPayment[]>> = {
    'to-the-kopeck': () => [pay(due, first)],
    round: () => [pay(Math.ceil(due / 10_000) * 10_000, first)],
    'in-parts': () => {
      const part = Math.floor((due * dice.between(30, 60)) / 100);
      return [pay(part, first), pay(due - part, first + dice.between(1, 14))];
    },
    seldom: () => (Number(period.slice(5)) % 3 === 0 ? [pay(due, first)] : []),
    debtor: () => (period < '2026-04' ? [pay(due, first)] : []),
    ahead: () => [pay(Math.ceil(due / 100_000) * 100_000 + 2_500_000, first)],
    never: () => [],
    // Every fourth month paid twice by mistake, and one of them taken back.
    reversed: () =>
      Number(period.slice(5)) % 4 === 2 ? [pay(due, first), pay(due, first), pay(-due, first + 2)] : [pay(due, first)],
  };
  return habits[household.habit]();
}
