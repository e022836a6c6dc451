import { type Period, periodOf, shiftPeriod } from '../../domain/period.ts';
import type { Town } from './generate.ts';
import { LAST, type Life } from './life.ts';

/** What the registries say of one account, as far as it makes a good try. */
export type Portrait = {
  account: string;
  address: string;
  flat: boolean;
  closed: boolean;
  /** Of the latest period, kopecks: what is left to pay, what of it is penalty, what was recalculated. */
  due: number;
  penalty: number;
  recalculated: number;
  /** Payments after the latest period, kopecks. */
  paidSince: number;
  /** By month, from the first. */
  payments: Map<Period, { sum: number; count: number; reversed: boolean }>;
  /** Numbers of its meters, and how many scales the widest of them has beside the plain one. */
  meters: Set<string>;
  zones: number;
  overdueMeter: boolean;
  /** The first day on which a verification ends soon after the latest period. */
  verificationEnds: string | undefined;
  /** A meter is about to begin from zero. */
  rollsOver: boolean;
};

/** All accounts of the town, in the order of the registry. */
export const drawPortraits = (town: Town): Portrait[] =>
  town.map(({ household, life }) => ({
    account: household.account,
    address: household.address,
    flat: household.flat,
    closed: household.closed !== undefined,
    ...drawBill(life),
    ...drawPayments(life),
    ...drawMeters(life),
  }));

function drawBill({ charges }: Life): Pick<Portrait, 'due' | 'penalty' | 'recalculated'> {
  const latest = charges.at(-1)?.period;
  const sum = { due: 0, penalty: 0, recalculated: 0 };
  for (const charge of charges) {
    if (charge.period !== latest) continue;
    sum.due += charge.due;
    sum.penalty += charge.penalty;
    sum.recalculated += charge.recalculated;
  }
  return sum;
}

function drawPayments({ payments }: Life): Pick<Portrait, 'payments' | 'paidSince'> {
  const months: Portrait['payments'] = new Map();
  let paidSince = 0;
  for (const { period, sum } of payments) {
    const month = months.get(period) ?? { sum: 0, count: 0, reversed: false };
    months.set(period, { sum: month.sum + sum, count: month.count + 1, reversed: month.reversed || sum < 0 });
    if (period > LAST) paidSince += sum;
  }
  return { payments: months, paidSince };
}

/** The last part of a meter's figures: a meter that stands there rolls over within months. */
const ROLLS_OVER_FROM = 0.999;

function drawMeters({ meters }: Life): Pick<Portrait, 'meters' | 'zones' | 'overdueMeter' | 'verificationEnds' | 'rollsOver'> {
  const soon = shiftPeriod(LAST, 2);
  const dues = meters.map(({ verification }) => iso(verification));
  return {
    meters: new Set(meters.map(({ number }) => number)),
    zones: meters.filter(({ scale }) => scale !== '').length,
    overdueMeter: meters.some(({ valueDay }, index) => dues[index]! < iso(valueDay)),
    verificationEnds: dues.filter((due) => periodOf(due) === soon).sort()[0],
    rollsOver: meters.some(({ value, digits }) => value / 1000 > 10 ** digits * ROLLS_OVER_FROM),
  };
}

/** `DD.MM.YYYY` as `YYYY-MM-DD`. */
const iso = (day: string): string => day.split('.').toReversed().join('-');
