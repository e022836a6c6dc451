import type { Trx } from '../../records/database.ts';
import { listRefusals } from '../../records/registries/staged.ts';
import type { RegistryFile } from '../edges.ts';
import { writeCell } from './reading/csv.ts';
import { LINE_TITLE, reasonTitleOf } from './reading/refused-titles.ts';

/**
 * The refused rows of `staged` as they stand in the file, each with its line and why it was refused; mended, they can be taken in as they
 * are. UTF-8 with BOM, so that Excel opens it.
 */
export async function* refusedLines(trx: Trx, file: RegistryFile): AsyncGenerator<string> {
  const { registry } = file.header;
  const { separator } = registry;
  const row = (cells: readonly string[]): string => `${cells.map((cell) => writeCell(cell, separator)).join(separator)}\r\n`;
  const reason = reasonTitleOf(registry);
  // A file of refused rows that is refused once more gets these anew.
  const ours = new Set([LINE_TITLE, reason]);
  const kept = file.titles.map((_, place) => place).filter((place) => !ours.has(file.titles[place]?.trim() ?? ''));
  const pick = (cells: readonly string[]): string[] => kept.map((place) => cells[place] ?? '');
  yield `\ufeff${row([...pick(file.titles), LINE_TITLE, reason])}`;

  const reasons = listRefusals(trx);
  let next = await reasons.next();
  for await (const records of file.rows()) {
    for (const record of records) {
      if (next.done || next.value.line !== record.line) continue;
      yield row([...pick(record.cells), String(record.line), next.value.reason]);
      next = await reasons.next();
    }
    if (next.done) return;
  }
}
