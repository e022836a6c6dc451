import { ACCOUNTS, CASH_DESK, FIRST_PERIOD, firstOperation, OWNER, type TownMeter } from '../town.ts';
import { type Model, Unspoken } from './model.ts';

/** What billing's registries have of an account. Periods are `2026-10`, days `2026-10-31`. */
export type Billed = {
  number: string;
  owner: string;
  /** The day on which another owner came. */
  ownerChangedOn: string | undefined;
  payments: RegistryPayment[];
  /** «К оплате» of each period, by service. */
  charges: Record<string, { due: Readonly<Record<string, number>>; at: number }>;
  meters: readonly TownMeter[];
  /** It is closed, as a registry says: since when, and which logins had it then. */
  closing?: { at: number; logins: readonly string[] };
};

/** A negative sum is a reversal. `isOurs`: it was paid in the bot. `at`: when a registry brought it. */
export type RegistryPayment = { source: string; operation: string; day: string; kopecks: number; isOurs: boolean; at: number };

export function billedAtFirst(): Billed[] {
  return ACCOUNTS.map(({ number, payments, due, meters }) => ({
    number,
    owner: OWNER,
    ownerChangedOn: undefined,
    payments: payments.map((one, i) => ({
      ...one,
      source: CASH_DESK,
      operation: firstOperation(number, i),
      isOurs: false,
      at: 0,
    })),
    charges: { [FIRST_PERIOD]: { due, at: 0 } },
    meters,
  }));
}

export const billed = ({ billing }: Model, account: string): Billed | undefined => billing.find((one) => one.number === account);

export const latestPeriod = ({ charges }: Billed): string => Object.keys(charges).toSorted().at(-1) ?? '';

/** Section 4, «Debt»: what the latest period left to pay, less registry payments dated after that period; below zero it is overpaid. */
export function debtOf(account: Billed): number {
  const period = latestPeriod(account);
  const paidSince = account.payments.filter(({ day }) => day.slice(0, 7) > period);
  return sumOf(Object.values(account.charges[period]?.due ?? {})) - sumOf(paidSince.map(({ kopecks }) => kopecks));
}

/**
 * The sums of all payments of each calendar month that has any, from the last; what was paid through the bot is never proof, and what was paid before
 * another owner came proves nothing.
 */
export function paidMonths(model: Model, account: string): number[] {
  const { payments = [], ownerChangedOn = '' } = billed(model, account) ?? {};
  if (payments.some(({ kopecks }) => kopecks < 0)) throw new Unspoken('what a reversal leaves of a month');
  if (payments.some(({ day }) => day === ownerChangedOn)) throw new Unspoken('who paid on the day on which the owner changed');
  const proving = payments.filter(({ isOurs, day }) => !isOurs && day > ownerChangedOn);
  const months = [...new Set(proving.map(({ day }) => day.slice(0, 7)))].toSorted().toReversed();
  return months.map((month) => sumOf(proving.filter(({ day }) => day.startsWith(month)).map(({ kopecks }) => kopecks)));
}

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
