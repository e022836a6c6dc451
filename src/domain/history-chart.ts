import { accruedOf, type Charge } from './charge.ts';
import { groupBy } from './group-by.ts';
import type { PaidRow } from './history.ts';
import { type Kopecks, sumOf } from './money.ts';
import { countMonths, type Period, periodOf, shiftPeriod } from './period.ts';

/** So many months fit a picture, and so many services can be told apart in it. */
export const CHART_MONTHS = 12;
const MOST_GROUPS = 6;

/** What the picture of an account's history shows. */
export type HistoryChart = {
  accountNumber: string;
  /** One to twelve months that follow each other, from the oldest, each with what was paid in it. */
  months: readonly { period: Period; paidKopecks: Kopecks }[];
  /** What was charged (with recalculations and penalty, less benefits), a sum for each month. `service` is null for what is left of small services. */
  groups: readonly { service: string | null; sumsKopecks: readonly Kopecks[] }[];
};

/** The last twelve months up to the newest that has anything; months without charges and payments between them are zeros. Undefined where there is nothing. */
export function calculateChart(
  accountNumber: string,
  charges: readonly Charge[],
  payments: readonly PaidRow[],
): HistoryChart | undefined {
  const known = [...charges.map(({ period }) => period), ...payments.map(({ day }) => periodOf(day))].sort();
  const [oldest, newest] = [known[0], known.at(-1)];
  if (!oldest || !newest) return undefined;
  const count = Math.min(CHART_MONTHS, countMonths(oldest, newest));
  const periods = Array.from({ length: count }, (_, i) => shiftPeriod(newest, i + 1 - count));
  const shown = charges.filter(({ period }) => periods.includes(period));
  return {
    accountNumber,
    months: periods.map((period) => ({
      period,
      paidKopecks: sumOf(payments.filter(({ day }) => periodOf(day) === period).map(({ sumKopecks }) => sumKopecks)),
    })),
    groups: groupsOf(shown, periods),
  };
}

/** The services of the greatest sums, the greatest first; what is left is one group at the end. */
function groupsOf(rows: readonly Charge[], periods: readonly Period[]): HistoryChart['groups'] {
  const sumsOf = (own: readonly Charge[]) =>
    periods.map((period) => sumOf(own.filter((row) => row.period === period).map(accruedOf)));
  const size = (sums: readonly Kopecks[]) => sumOf(sums.map(Math.abs));
  const services = [...groupBy(rows, ({ service }) => service)]
    .map(([service, own]) => ({ service, sumsKopecks: sumsOf(own) }))
    .filter(({ sumsKopecks }) => size(sumsKopecks) > 0)
    .sort((a, b) => size(b.sumsKopecks) - size(a.sumsKopecks));
  if (services.length <= MOST_GROUPS) return services;
  const large = services.slice(0, MOST_GROUPS - 1);
  const small = services.slice(MOST_GROUPS - 1);
  const rest = periods.map((_, i) => sumOf(small.map(({ sumsKopecks }) => sumsKopecks[i] ?? 0)));
  return [...large, { service: null, sumsKopecks: rest }];
}
