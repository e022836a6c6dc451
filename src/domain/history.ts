import type { Kopecks } from './money.ts';
import { type Period, periodOf } from './period.ts';
import type { UnderWay } from './under-way.ts';

/** The money of charges, as billing's registry has it: benefit and paid are positive and subtract; `dueKopecks` is billing's «К оплате». */
export type ChargedSums = {
  openingKopecks: Kopecks;
  chargedKopecks: Kopecks;
  recalculatedKopecks: Kopecks;
  benefitKopecks: Kopecks;
  penaltyKopecks: Kopecks;
  paidKopecks: Kopecks;
  dueKopecks: Kopecks;
};

/** What one supplier charged for one service in one month. */
export type ChargedRow = ChargedSums & { period: Period; service: string };

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
  charged: { services: readonly ServiceSums[]; sums: ChargedSums } | null;
};

export type ServiceSums = ChargedSums & { service: string };

const NOTHING: ChargedSums = {
  openingKopecks: 0,
  chargedKopecks: 0,
  recalculatedKopecks: 0,
  benefitKopecks: 0,
  penaltyKopecks: 0,
  paidKopecks: 0,
  dueKopecks: 0,
};

/** Each sum added up. Opening and due add up over services of one month, never over months. */
export function addSums(rows: readonly ChargedSums[]): ChargedSums {
  const total = { ...NOTHING };
  for (const row of rows) for (const key of Object.keys(NOTHING) as (keyof ChargedSums)[]) total[key] += row[key];
  return total;
}

/** What a month has added to the debt: charged with recalculations and penalty, less benefits. */
export function accruedOf({ chargedKopecks, recalculatedKopecks, benefitKopecks, penaltyKopecks }: ChargedSums): Kopecks {
  return chargedKopecks + recalculatedKopecks - benefitKopecks + penaltyKopecks;
}

/** Rows of one month (or of several, where opening and due are not looked at) by service, in the order in which services first come. */
function sumServices(rows: readonly (ChargedSums & { service: string })[]): ServiceSums[] {
  return [...groupBy(rows, (row) => row.service)].map(([service, own]) => ({ service, ...addSums(own) }));
}

/** A month out of the rows of that month; rows of other months are ignored. */
export function calculateMonth(
  period: Period,
  charges: readonly ChargedRow[],
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

/** Things with the same key together, in the order in which the keys first come. */
export function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
