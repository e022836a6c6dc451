import { addSums, type Charge, type ChargeSums, type ServiceSums, sumServices } from './charge.ts';
import type { Kopecks } from './money.ts';
import { type Period, periodOf } from './period.ts';
import type { UnderWay } from './under-way.ts';

/** A payment: its day `YYYY-MM-DD`, and where it was made (empty where the registry names no place). Below zero it is a reversal. */
export type PaidRow = { day: string; sumKopecks: Kopecks; source: string };

/** A month of an account's history. Suppliers of one service are one line. Payments are those dated in the month. */
export type HistoryMonth = {
  period: Period;
  payments: readonly PaidRow[];
  /** What these payments come to. */
  receivedKopecks: Kopecks;
  /** «В пути»: paid in the bot in this month and in no registry yet; counted nowhere else. */
  underWay: readonly UnderWay[];
  /** Null while billing has charged nothing for the month. */
  charged: { services: readonly ServiceSums[]; sums: ChargeSums } | null;
};

/** A month out of the rows of that month; rows of other months are ignored. */
export function calculateMonth(
  period: Period,
  charges: readonly Charge[],
  payments: readonly PaidRow[],
  underWay: readonly UnderWay[] = [],
): HistoryMonth {
  const isOwn = ({ day }: { day: string }) => periodOf(day) === period;
  const rows = charges.filter((row) => row.period === period);
  const own = payments.filter(isOwn);
  return {
    period,
    payments: own,
    receivedKopecks: own.reduce((total, { sumKopecks }) => total + sumKopecks, 0),
    underWay: underWay.filter(isOwn),
    charged: rows.length > 0 ? { services: sumServices(rows), sums: addSums(rows) } : null,
  };
}

/** What stands beside a month in a list of months: the month itself, or the nearest before it, else after it. */
export function turnTo(
  months: readonly Period[],
  wanted: Period | undefined,
): { period: Period; earlier: Period | null; later: Period | null } | undefined {
  const ordered = [...new Set(months)].sort();
  const upTo = wanted === undefined ? ordered.length : ordered.filter((month) => month <= wanted).length;
  const at = Math.max(0, upTo - 1);
  const period = ordered[at];
  return period && { period, earlier: ordered[at - 1] ?? null, later: ordered[at + 1] ?? null };
}
