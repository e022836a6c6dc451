import { dayAfter } from '../../domain/debt.ts';
import { addDays, localDay } from '../../domain/local-day.ts';
import type { Kopecks } from '../../domain/money.ts';
import { estimatePenalty, type PenaltyEstimate, unpaidOf } from '../../domain/penalty.ts';
import { periodOf, shiftPeriod } from '../../domain/period.ts';
import { listNewestCharges, type NewestCharges } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import type { UnderWayEdges } from './under-way.ts';

/** Most debts are not older: so many months before the newest are read along with it. */
export const USUAL_MONTHS_BEFORE = 3;
const ALL_MONTHS_BEFORE = 1_200;

/**
 * What the penalties come to by the end of the next month, or as far as their rules are known, if nothing is paid but what is under way, by
 * account; those that have none are not in it. `newest`: of the usual months; where a debt is older, all are read.
 */
export async function penaltiesToCome(
  db: Db,
  owed: ReadonlyMap<string, Kopecks>,
  newest: ReadonlyMap<string, NewestCharges>,
  { clock, centre, settings }: UnderWayEdges,
): Promise<Map<string, PenaltyEstimate>> {
  const today = localDay(clock(), settings.timeZone);
  const until = addDays(dayAfter(shiftPeriod(periodOf(today), 1)), -1);
  const chargesOf = (account: string) => newest.get(account)?.charges ?? [];
  const debtors = [...owed].filter(([, owedKopecks]) => owedKopecks > 0);
  const isOlder = ([account, owedKopecks]: (typeof debtors)[number]) =>
    unpaidOf(chargesOf(account), owedKopecks, centre.paymentDue).olderKopecks > 0;
  const older = debtors.filter(isOlder).map(([account]) => account);
  const whole = await listNewestCharges(db, older, ALL_MONTHS_BEFORE);
  const estimates = debtors.map(([account, owedKopecks]) => {
    const charges = whole.get(account)?.charges ?? chargesOf(account);
    return [account, estimatePenalty(charges, owedKopecks, { today, until }, centre)] as const;
  });
  return new Map(estimates.filter(([, { addedKopecks, ends }]) => addedKopecks > 0 || ends !== null));
}
