import { ACCOUNT_TITLE, type Registry } from '../registry.ts';
import type { CsvRecord } from './csv.ts';
import { isOfTotals } from './unread-account.ts';

/** Cells of a spreadsheet's column (from 0) that were made one, from line to line: what they show stands in the first alone. */
export type MergedCells = { column: number; first: number; last: number };

/**
 * Which columns of a registry say, where their cells are merged, the same of each row: whose it is, and what it stands together with. A sum may
 * be that of all rows, and would be counted as often as there are rows.
 */
export const placesSpread = ({ columns }: Registry): number[] =>
  columns.flatMap((column, place) =>
    column.title === ACCOUNT_TITLE || ('part' in column && column.part === 'group') ? [place] : [],
  );

/**
 * Rows with what merged cells of these columns show put into each of their lines, but into those of totals; `merged`: in the order of their first
 * lines. What begins above the rows, in the header, is not put anywhere.
 */
export function spreadMerged(
  rows: AsyncGenerator<CsvRecord[]>,
  merged: readonly MergedCells[],
  columns: readonly number[],
): AsyncGenerator<CsvRecord[]> {
  const spreads = columns.map((column) => spreadOf(merged, column));
  return merged.length === 0 ? rows : spread(rows, spreads);
}

type Spread = (record: CsvRecord) => CsvRecord;

async function* spread(rows: AsyncGenerator<CsvRecord[]>, spreads: readonly Spread[]): AsyncGenerator<CsvRecord[]> {
  for await (const records of rows) yield records.map((record) => spreads.reduce((row, ofColumn) => ofColumn(row), record));
}

/** For the rows of one column, in their order. */
function spreadOf(merged: readonly MergedCells[], column: number): Spread {
  const ranges = merged.filter((range) => range.column === column);
  let at = 0;
  /** The range in which we are, and what it shows; none of which the first line was no row. */
  let inside: MergedCells | undefined;
  let shown = '';
  return (record) => {
    let range = ranges[at];
    while (range && range.last < record.line) {
      at += 1;
      range = ranges[at];
    }
    if (!range || record.line < range.first) return record;
    const cell = record.cells[column] ?? '';
    if (record.line === range.first) {
      inside = record.problem === undefined ? range : undefined;
      shown = cell;
    }
    if (inside !== range || cell.trim() !== '' || record.problem !== undefined || isOfTotals(record.cells)) return record;
    const cells = [...record.cells];
    while (cells.length < column) cells.push('');
    cells[column] = shown;
    return { ...record, cells };
  };
}
