import { dayAfter } from '../domain/debt.ts';
import { addDays, localDay } from '../domain/local-day.ts';
import type { Kopecks } from '../domain/money.ts';
import { estimatePenalty, type PenaltyEstimate } from '../domain/penalty.ts';
import { periodOf, shiftPeriod } from '../domain/period.ts';
import { listMonthTotals } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import type { OfficeEdges } from './edges.ts';

export type PenaltyEdges = Pick<OfficeEdges, 'clock' | 'centre'> & { settings: Pick<OfficeEdges['settings'], 'timeZone'> };

/** What the penalty on an account that owes so much (penalty in it) comes to by the end of the next month if nothing is paid; null: nothing. */
export async function penaltyToCome(
  db: Db,
  account: string,
  owedKopecks: Kopecks,
  { clock, centre, settings }: PenaltyEdges,
): Promise<PenaltyEstimate | null> {
  if (owedKopecks <= 0) return null;
  const today = localDay(clock(), settings.timeZone);
  const until = addDays(dayAfter(shiftPeriod(periodOf(today), 1)), -1);
  const months = (await listMonthTotals(db, account)).map(({ period, opening, charged, penalty, due }) => ({
    period: periodOf(period),
    openingKopecks: opening,
    chargedKopecks: charged,
    penaltyKopecks: penalty,
    dueKopecks: due,
  }));
  const estimate = estimatePenalty(months, owedKopecks, { today, until }, centre);
  return estimate.addedKopecks > 0 ? estimate : null;
}
