import type { Readable } from 'node:stream';
import { LONGEST_RECORD } from '../../../office/registries/reading/csv.ts';
import type { MergedCells } from '../../../office/registries/reading/merged-cells.ts';
import { RegistryUnreadable } from '../../../office/registries/reading/unreadable.ts';
import { damaged } from './archive.ts';
import type { Book } from './book.ts';
import { type CellStyle, showNumber } from './number-formats.ts';
import { oneLine } from './one-line.ts';
import { readXml } from './xml.ts';

/** One row of a sheet; rows of which there is nothing in the file are left out. */
export type SheetRow = { number: number; cells: string[] };

/** As many as a sheet may have. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
/** Nobody's registry has more; one cell in the last column would make as many empty ones before it, in each row. */
const MOST_TAKEN_COLUMNS = 1_000;
const LONGEST_TEXT = 32_767;

const NUMBER: CellStyle = { shows: 'number' };

/**
 * The rows of a sheet, a piece of the file at a time: what cells show, formulas by what they came to when the book was saved. `onMerged` hears,
 * after all rows, of cells that were made one over several of them: of a column the first one alone has what they show.
 */
export async function* readSheet(
  from: Readable,
  { strings, styles, from1904 }: Book,
  onMerged: (cells: MergedCells) => void,
): AsyncGenerator<SheetRow[]> {
  let ready: SheetRow[] = [];
  let row: (SheetRow & { next: number; length: number }) | undefined;
  let last = 0;
  let cell: { column: number; type: string; style: CellStyle; value: string; has: boolean; formula: string } | undefined;
  let into: 'value' | 'formula' | undefined;
  let pronounced = false;

  const events = {
    open(name: string, attributes: Readonly<Record<string, string>>) {
      if (name === 'row') {
        const number = attributes.r === undefined ? last + 1 : Number(attributes.r);
        if (!(number > last && number <= MOST_ROWS)) throw damaged();
        last = number;
        row = { number, cells: [], next: 0, length: 0 };
      } else if (name === 'c' && row) {
        const column = attributes.r === undefined ? row.next : columnOf(attributes.r);
        if (!(column >= row.next && column < MOST_COLUMNS)) throw damaged();
        row.next = column + 1;
        const style = styles[Number(attributes.s ?? 0)] ?? NUMBER;
        cell = { column, type: attributes.t ?? 'n', style, value: '', has: false, formula: '' };
      } else if (name === 'mergeCell') {
        const merged = mergedOf(attributes.ref ?? '');
        if (merged) onMerged(merged);
      } else if (name === 'rPh') pronounced = true;
      else if (cell && (name === 'v' || (name === 't' && !pronounced))) {
        into = 'value';
        cell.has = true;
      } else if (cell && name === 'f') {
        into = 'formula';
        cell.formula = '=';
      }
    },
    text(piece: string) {
      if (!cell || !into) return;
      if (cell[into].length < LONGEST_TEXT) cell[into] += piece;
    },
    close(name: string) {
      if (name === 'rPh') pronounced = false;
      else if (name === 'v' || name === 't' || name === 'f') into = undefined;
      else if (name === 'c' && cell && row) {
        const { column, type, style, value, has, formula } = cell;
        // A formula that was never worked out stands for itself, and is refused as one.
        const text = has || formula === '' ? shown(type, value, style) : formula;
        if (text !== '') {
          if (column >= MOST_TAKEN_COLUMNS) throw tooWide(row.number);
          while (row.cells.length < column) row.cells.push('');
          // What has grown longer than any record is refused, whatever else is in it: a few cells may show megabytes.
          row.cells.push(row.length > LONGEST_RECORD ? '' : text);
          row.length += text.length;
        }
        cell = undefined;
      } else if (name === 'row' && row) {
        if (row.cells.length > 0) ready.push(row);
        row = undefined;
      }
    },
  };

  function shown(type: string, value: string, style: CellStyle): string {
    if (type === 's') {
      const found = strings[Number(value)];
      if (found === undefined && value !== '') throw damaged();
      return found ?? '';
    }
    return type === 'n' ? showNumber(value, style, from1904) : oneLine(value);
  }

  for await (const _ of readXml(from, events)) {
    if (ready.length === 0) continue;
    const rows = ready;
    ready = [];
    yield rows;
  }
}

const tooWide = (row: number): RegistryUnreadable =>
  new RegistryUnreadable(
    `в строке ${row} первого листа заняты столбцы после ${MOST_TAKEN_COLUMNS}-го: удалите лишние столбцы и сохраните книгу заново`,
  );

/** Of `A2:B4` the first column with its lines; undefined where that is one line. */
function mergedOf(range: string): MergedCells | undefined {
  const [, from = '', top, bottom] = /^([A-Z]{1,3}(\d{1,7})):[A-Z]{1,3}(\d{1,7})$/.exec(range) ?? [];
  const [first, last] = [Number(top), Number(bottom)];
  return last > first ? { column: columnOf(from), first, last } : undefined;
}

/** Of a cell's address, from 0: `AB12` is 27. */
function columnOf(address: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(address)?.[1] ?? '';
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
