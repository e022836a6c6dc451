import { cutTo } from '../../../domain/cut.ts';
import { ACCOUNT_TITLE } from '../registry.ts';
import type { Bounds } from './bounds.ts';
import { isDay, type Slip } from './cells.ts';
import { excelSlip } from './excel.ts';
import type { Header } from './header.ts';
import { unreadAccounts } from './unread-account.ts';

/** Reads the rows under one header. */
export type RowReader = {
  /**
   * Puts what the cells say into `values`, in the order of the registry's columns, null where nothing can be read.
   * Answers why the row is refused, in Russian, naming each wrong column; undefined when it is right. `problem`: why it could not be divided
   * into its cells.
   */
  read(cells: readonly string[], values: (string | null)[], problem?: string): string | undefined;
};

/** `bounds`: which days can be meant; without it, all of them. */
export function rowReader(header: Header, bounds?: Bounds): RowReader {
  const { registry, places, width } = header;
  const isOptional = new Set(registry.columns.filter(({ optional }) => optional).map(({ title }) => title));
  const readers = registry.columns.map((column, index) => {
    const place = places[index] ?? -1;
    const absent = column.absent ?? null;
    return { title: column.title, place, absent, read: column.read, until: column.until };
  });
  // Spreadsheets leave out empty cells at the end of a row; what must be there cannot have been one.
  const least = Math.max(...readers.map(({ place, title }) => (isOptional.has(title) ? 0 : place + 1)));
  const accountAt = readers.findIndex(({ title }) => title === ACCOUNT_TITLE);
  const unreadAccount = unreadAccounts(header);
  return {
    read(cells, values, problem) {
      if (problem !== undefined) {
        keepAccount(cells, values, true);
        return problem;
      }
      if (cells.length < least) {
        keepAccount(cells, values);
        return `в строке полей: ${cells.length}, а в заголовке: ${width}`;
      }
      if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
        keepAccount(cells, values);
        return `в строке полей: ${cells.length}, а в заголовке: ${width}; лишний разделитель?`;
      }
      let reason: string | undefined;
      for (let index = 0; index < readers.length; index += 1) {
        const reader = readers[index]!;
        if (reader.place < 0) {
          values[index] = reader.absent;
          continue;
        }
        const cell = cells[reader.place] ?? '';
        const answer = reader.read(cell);
        const read = answer === null || typeof answer === 'string';
        const slip =
          excelSlip(cell, !read) ??
          (read ? (reader.until && answer && isDay(answer) ? bounds?.(answer, reader.until, cell) : undefined) : answer);
        values[index] = slip === undefined && read ? answer : null;
        if (slip === undefined) continue;
        const said = `«${reader.title}»: ${sayOf(slip, cutTo(cell.trim(), 60))}`;
        reason = reason === undefined ? said : `${reason}; ${said}`;
      }
      if (reason !== undefined) values[accountAt] ??= unreadAccount(cells, false);
      return reason;
    },
  };

  /** A row of another width, or of cells that are none (`isCut`), tells at most whose it is. */
  function keepAccount(cells: readonly string[], values: (string | null)[], isCut = false): void {
    values.length = readers.length;
    values.fill(null);
    const { place = -1, read } = readers[accountAt] ?? {};
    const cell = cells[place] ?? '';
    const answer = read?.(isCut ? cell.replace(/^\s*"(.*)"\s*$/, '$1') : cell);
    values[accountAt] = typeof answer === 'string' ? answer : unreadAccount(cells, isCut);
  }
}

function sayOf(slip: Slip, cell: string): string {
  if ('cause' in slip) return `стоит «${cell}»: ${slip.cause}`;
  return cell === '' ? slip.expected : `${slip.expected}, а стоит «${cell}»`;
}
