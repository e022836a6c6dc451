import type { LocalDay } from './local-day.ts';
import { type Period, shiftPeriod } from './period.ts';

/** By which day of the next month a period has to be paid, from a date on; oldest first (`CENTRE_FILE`). */
export type PaymentDueRow = { from: LocalDay; day: number };

/** The day up to which a period is paid without a penalty: that of the row which holds when the next month begins. */
export function paymentDueDay(period: Period, rows: readonly PaymentDueRow[]): LocalDay {
  const month = shiftPeriod(period, 1);
  return `${month}-${String(rowAt(rows, `${month}-01`).day).padStart(2, '0')}`;
}

/** The row that holds on a day; before the first of them, the first. Throws a RangeError when there is none at all. */
export function rowAt<Row extends { from: LocalDay }>(rows: readonly Row[], day: LocalDay): Row {
  const row = rows.findLast(({ from }) => from <= day) ?? rows[0];
  if (!row) throw new RangeError('at least one dated row is expected');
  return row;
}
