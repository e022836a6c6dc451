import { type DatedRow, rowAt } from './dated.ts';
import type { LocalDay } from './local-day.ts';
import { type Period, periodOf, shiftPeriod } from './period.ts';

/** A day of the month after a period, from a date on; oldest first (`CENTRE_FILE`). */
export type NextMonthRow = DatedRow & { day: number };

/** The day up to which a period is paid without a penalty, by the rows of `paymentDue`; null where it is not known yet. */
export function paymentDueDay(period: Period, rows: readonly NextMonthRow[]): LocalDay | null {
  return dayOfNextMonth(period, rows);
}

/**
 * The payment document that comes next, after that of `latest` (null: there was none), and by which day, by the rows of
 * `paymentDocumentReady`. `late` when that day has passed; `by` is null where it is not known yet.
 */
export function nextDocument(
  latest: Period | null,
  today: LocalDay,
  rows: readonly NextMonthRow[],
): { period: Period; by: LocalDay | null; late: boolean } {
  const previous = shiftPeriod(periodOf(today), -1);
  const expected = (dayOfNextMonth(previous, rows) ?? '') >= today ? previous : periodOf(today);
  const period = latest ? shiftPeriod(latest, 1) : expected;
  const by = dayOfNextMonth(period, rows);
  return { period, by, late: by !== null && by < today };
}

/** By the row that holds when the next month begins. */
function dayOfNextMonth(period: Period, rows: readonly NextMonthRow[]): LocalDay | null {
  const month = shiftPeriod(period, 1);
  const row = rowAt(rows, `${month}-01`);
  return row ? `${month}-${String(row.day).padStart(2, '0')}` : null;
}
