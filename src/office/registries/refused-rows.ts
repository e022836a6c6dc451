import type { Trx } from '../../records/database.ts';
import { listRefusals } from '../../records/registries/staged.ts';
import type { RegistryFile } from '../edges.ts';
import { type CsvRecord, writeCell } from './reading/csv.ts';
import { LINE_TITLE, reasonTitleOf } from './reading/refused-titles.ts';

const WHOLE = 'строка целиком — в лишнем поле: исправьте по ней остальные и уберите его';

/**
 * The refused rows of `staged` as they stand in the file, each with its line and why it was refused; mended, they can be taken in as they
 * are. What does not fit under the titles comes before these two: a row that has it is too wide, and is refused until it is mended. UTF-8
 * with BOM, so that Excel opens it.
 */
export async function* refusedLines(trx: Trx, file: RegistryFile): AsyncGenerator<string> {
  const { registry, width } = file.header;
  const { separator } = registry;
  const row = (cells: readonly string[]): string => `${cells.map((cell) => writeCell(cell, separator)).join(separator)}\r\n`;
  const reasonTitle = reasonTitleOf(registry);
  // A file of refused rows that is refused once more gets these anew.
  const ours = new Set([LINE_TITLE, reasonTitle]);
  const titles = file.titles.slice(0, width);
  const kept = titles.map((_, place) => place).filter((place) => !ours.has(titles[place]?.trim() ?? ''));
  const oursAreLast = kept.length === width - ours.size && kept.every((place, at) => place === at);
  const pick = (cells: readonly string[]): string[] => kept.map((place) => cells[place] ?? '');

  /** All that stands in a row, but for what was said of it before. */
  function filledCells(cells: readonly string[]): string[] {
    const end = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    if (end <= width) return pick(cells);
    return oursAreLast ? cells.slice(0, end - ours.size) : [...pick(cells), ...cells.slice(width, end)];
  }

  /** The line itself, where it could not be divided into its cells. */
  function wholeOf({ cells, problem, whole }: CsvRecord): string | undefined {
    return file.layout === undefined && problem !== undefined ? cells.join(separator) : whole;
  }

  yield `\ufeff${row([...pick(titles), LINE_TITLE, reasonTitle])}`;

  const reasons = listRefusals(trx);
  let next = await reasons.next();
  for await (const records of file.rows()) {
    for (const record of records) {
      if (next.done || next.value.line !== record.line) continue;
      const { reason } = next.value;
      const whole = wholeOf(record);
      const line = String(record.line);
      yield whole === undefined
        ? row([...filledCells(record.cells), line, reason])
        : row([...pick(record.cells), whole, line, `${reason}; ${WHOLE}`]);
      next = await reasons.next();
    }
    if (next.done) return;
  }
}
