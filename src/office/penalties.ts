import { dayAfter } from '../domain/debt.ts';
import { addDays, localDay } from '../domain/local-day.ts';
import { estimatePenalty, type MonthOfCharges, type PenaltyEstimate, unpaidOf } from '../domain/penalty.ts';
import { firstDay, type Period, periodOf, shiftPeriod } from '../domain/period.ts';
import { listMonthTotals } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import type { AccountDebt } from './debts.ts';
import type { OfficeEdges } from './edges.ts';

export type PenaltyEdges = Pick<OfficeEdges, 'clock' | 'centre'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> };

/** Most debts are not older. */
const USUAL_MONTHS = 4;

/** What the penalty comes to by the end of the next month if nothing is paid but what is under way; null: nothing. */
export async function penaltyToCome(
  db: Db,
  debt: AccountDebt,
  { clock, centre, settings }: PenaltyEdges,
): Promise<PenaltyEstimate | null> {
  const owedKopecks = debt.charged ? debt.totalKopecks - debt.underWayKopecks : 0;
  if (!debt.charged || owedKopecks <= 0) return null;
  const today = localDay(clock(), settings.timeZone);
  const until = addDays(dayAfter(shiftPeriod(periodOf(today), 1)), -1);
  const usual = await monthsFrom(db, debt.account, shiftPeriod(debt.period, 1 - USUAL_MONTHS));
  const { olderKopecks } = unpaidOf(usual, owedKopecks, centre.paymentDue);
  const months = olderKopecks > 0 ? await monthsFrom(db, debt.account, EVER) : usual;
  const estimate = estimatePenalty(months, owedKopecks, { today, until }, centre);
  return estimate.addedKopecks > 0 ? estimate : null;
}

const EVER: Period = '1900-01';

async function monthsFrom(db: Db, account: string, period: Period): Promise<MonthOfCharges[]> {
  const totals = await listMonthTotals(db, account, firstDay(period));
  return totals.map((month) => ({
    period: periodOf(month.period),
    chargedKopecks: month.charged,
    penaltyKopecks: month.penalty,
  }));
}
