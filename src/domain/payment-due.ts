import type { LocalDay } from './local-day.ts';
import { type Period, periodOf, shiftPeriod } from './period.ts';

/** A day of the month after a period, from a date on; oldest first (`CENTRE_FILE`). */
export type NextMonthRow = { from: LocalDay; day: number };

/** The day up to which a period is paid without a penalty, by the rows of `paymentDue`. */
export function paymentDueDay(period: Period, rows: readonly NextMonthRow[]): LocalDay {
  return dayOfNextMonth(period, rows);
}

/**
 * The payment document that comes next, after that of `latest` (null: there was none), and by which day, by the rows of
 * `paymentDocumentReady`. `late` when that day has passed.
 */
export function nextDocument(
  latest: Period | null,
  today: LocalDay,
  rows: readonly NextMonthRow[],
): { period: Period; by: LocalDay; late: boolean } {
  const previous = shiftPeriod(periodOf(today), -1);
  const expected = dayOfNextMonth(previous, rows) >= today ? previous : periodOf(today);
  const period = latest ? shiftPeriod(latest, 1) : expected;
  const by = dayOfNextMonth(period, rows);
  return { period, by, late: by < today };
}

/** By the row that holds when the next month begins. */
function dayOfNextMonth(period: Period, rows: readonly NextMonthRow[]): LocalDay {
  const month = shiftPeriod(period, 1);
  return `${month}-${String(rowAt(rows, `${month}-01`).day).padStart(2, '0')}`;
}

/** The row that holds on a day; before the first of them, the first. Throws a RangeError when there is none at all. */
export function rowAt<Row extends { from: LocalDay }>(rows: readonly Row[], day: LocalDay): Row {
  const row = rows.findLast(({ from }) => from <= day) ?? rows[0];
  if (!row) throw new RangeError('at least one dated row is expected');
  return row;
}
