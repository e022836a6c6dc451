import type { CellObject } from 'write-excel-file/node';
import type { Kopecks } from '../domain/money.ts';
import { plainSpaces } from '../domain/unbroken.ts';
import { firstDay, type Period } from '../domain/period.ts';

/** Cells of spreadsheets: numbers are numbers, days are days, and words are never taken for a formula. */
export type SheetCell = CellObject | null;

/** Words as they are, also those that begin with `=`: the cell's own type and format are text. */
export function textCell(text: string | null): SheetCell {
  return text === null || text === '' ? null : { type: String, value: unread(text), format: '@', alignVertical: 'top' };
}

/** The same within a table: broken into lines where it is longer than its column, and set off from the figures beside it. */
export function wordsCell(text: string | null): SheetCell {
  const cell = textCell(text);
  return cell && { ...cell, align: 'left', indent: 1, wrap: true };
}

/** The name of the workbook above everything. */
export function titleCell(text: string): SheetCell {
  return {
    type: String,
    value: unread(text),
    format: '@',
    fontWeight: 'bold',
    fontSize: 16,
    height: 24,
    alignVertical: 'center',
  };
}

/** A text that goes on over the next cells, as high as it needs to be for `width` letters a line. */
export function wideCell(text: string, { columns, width }: { columns: number; width: number }): SheetCell {
  const lines = Math.ceil(text.length / width);
  return {
    type: String,
    value: unread(text),
    format: '@',
    wrap: true,
    alignVertical: 'top',
    columnSpan: columns,
    height: 15.5 * lines,
  };
}

/**
 * The format reads `_x0041_` as «A»; where a text has such a thing itself, its `_` is written so. Whoever looks for words in a sheet types
 * plain spaces.
 */
function unread(text: string): string {
  return plainSpaces(text).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');
}

export function headCell(text: string): SheetCell {
  return {
    type: String,
    value: text,
    format: '@',
    fontWeight: 'bold',
    backgroundColor: '#E8EEF4',
    borderStyle: 'thin',
    borderColor: '#B8C4D0',
    align: 'center',
    alignVertical: 'center',
    wrap: true,
    height: 34,
  };
}

/** Roubles with two places. */
export function moneyCell(kopecks: Kopecks): SheetCell {
  return { type: Number, value: kopecks / 100, format: '#,##0.00', alignVertical: 'top' };
}

/** A decimal as records have it, with the places that it has. */
export function decimalCell(decimal: string | null): SheetCell {
  if (decimal === null) return null;
  const places = decimal.replace(/0+$/, '').split('.')[1]?.length ?? 0;
  return {
    type: Number,
    value: Number(decimal),
    format: places > 0 ? `#,##0.${'0'.repeat(places)}` : '#,##0',
    alignVertical: 'top',
  };
}

/** A price with at least two places, or `places` where its column has longer ones: points stand below points. */
export function tariffCell(decimal: string | null, places = 2): SheetCell {
  if (decimal === null) return null;
  return { type: Number, value: Number(decimal), format: `#,##0.${'0'.repeat(Math.max(2, places))}`, alignVertical: 'top' };
}

/** How many places the longest of decimals has. */
export function mostPlaces(decimals: readonly (string | null)[]): number {
  return Math.max(0, ...decimals.map((decimal) => decimal?.replace(/0+$/, '').split('.')[1]?.length ?? 0));
}

/** A day `YYYY-MM-DD`. */
export function dayCell(day: string): SheetCell {
  return { type: Date, value: new Date(`${day}T00:00:00Z`), format: 'dd.mm.yyyy', align: 'center', alignVertical: 'top' };
}

/** A time by the centre's clocks, `2026-11-05T14:30`. */
export function timeCell(time: string | null): SheetCell {
  if (time === null) return null;
  const value = new Date(`${time}:00Z`);
  return { type: Date, value, format: 'dd.mm.yyyy hh:mm', align: 'center', alignVertical: 'top' };
}

/** How many. */
export function countCell(count: number): SheetCell {
  return { type: Number, value: count, format: '0', alignVertical: 'top' };
}

/** A month, shown `10.2026`: its first day, so that it sorts. */
export function periodCell(period: Period): SheetCell {
  return {
    type: Date,
    value: new Date(`${firstDay(period)}T00:00:00Z`),
    format: 'mm.yyyy',
    align: 'center',
    alignVertical: 'top',
  };
}

/** The same cell in a row of totals. */
export function totalCell(cell: SheetCell): SheetCell {
  return { ...(cell ?? { type: String, value: '' }), fontWeight: 'bold', topBorderStyle: 'thin', topBorderColor: '#708090' };
}
