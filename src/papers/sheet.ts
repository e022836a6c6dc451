import type { Sheet } from 'write-excel-file/node';
import { type SheetCell, headCell } from './cells.ts';

/** A column of rows; its head is the sheet's text `<name>`. */
export type SheetColumn<Row> = { name: string; width: number; cell: (row: Row) => SheetCell };

/** One sheet of a workbook: heads, which stay in sight, rows, and what comes after them. `say` puts the sheet's own texts into words. */
export function sheetOf<Row>(
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
  say: (name: string) => string,
  after: SheetCell[][] = [],
): Sheet<Buffer> {
  return {
    sheet: say(name),
    data: [
      columns.map((column) => headCell(say(column.name))),
      ...rows.map((row) => columns.map(({ cell }) => cell(row))),
      ...after,
    ],
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape',
  };
}

/** As sheets are written. */
export const SHEET_FONT = { fontFamily: 'Calibri', fontSize: 11 };
