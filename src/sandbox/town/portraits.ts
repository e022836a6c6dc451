import { type Period, periodOf, shiftPeriod } from '../../domain/period.ts';
import { readTown } from './read.ts';

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
export async function drawPortraits(): Promise<Portrait[]> {
  const portraits = new Map<string, Portrait>();
  for await (const row of readTown('accounts')) {
    const account = row('number');
    const address = row('address');
    portraits.set(account, {
      account,
      address,
      flat: address.includes('кв.'),
      closed: row('closing') !== 'false',
      due: 0,
      penalty: 0,
      recalculated: 0,
      paidSince: 0,
      payments: new Map(),
      meters: new Set(),
      zones: 0,
      overdueMeter: false,
      verificationEnds: undefined,
      rollsOver: false,
    });
  }
  const latest = await addCharges(portraits);
  await addPayments(portraits, latest);
  await addMeters(portraits, latest);
  return [...portraits.values()];
}

/** Answers the latest period of the town. */
async function addCharges(portraits: Map<string, Portrait>): Promise<Period> {
  let latest = '';
  const ended = new Map<string, string>();
  for await (const row of readTown('charges')) {
    const period = row('period');
    const one = portraits.get(row('account'))!;
    if (period > latest) latest = period;
    if (ended.get(one.account) !== period) Object.assign(one, { due: 0, penalty: 0, recalculated: 0 });
    ended.set(one.account, period);
    one.due += Number(row('due_kopecks'));
    one.penalty += Number(row('penalty_kopecks'));
    one.recalculated += Number(row('recalculated_kopecks'));
  }
  return periodOf(latest);
}

async function addPayments(portraits: Map<string, Portrait>, latest: Period): Promise<void> {
  for await (const row of readTown('payments')) {
    const one = portraits.get(row('account'))!;
    const period = periodOf(row('day'));
    const sum = Number(row('sum_kopecks'));
    const month = one.payments.get(period) ?? { sum: 0, count: 0, reversed: false };
    one.payments.set(period, { sum: month.sum + sum, count: month.count + 1, reversed: month.reversed || sum < 0 });
    if (period > latest) one.paidSince += sum;
  }
}

/** The last part of a meter's figures: who is there begins anew within months. */
const ROLLS_OVER_FROM = 0.999;

async function addMeters(portraits: Map<string, Portrait>, latest: Period): Promise<void> {
  const soon = shiftPeriod(latest, 2);
  for await (const row of readTown('meters')) {
    const one = portraits.get(row('account'))!;
    one.meters.add(row('number'));
    if (row('scale') !== '') one.zones += 1;
    const due = row('verification_due');
    if (due < row('value_day')) one.overdueMeter = true;
    if (periodOf(due) === soon && (one.verificationEnds ?? due) >= due) one.verificationEnds = due;
    if (Number(row('value')) > 10 ** Number(row('digits')) * ROLLS_OVER_FROM) one.rollsOver = true;
  }
}
