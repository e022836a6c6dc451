import type { Db, Trx } from '../../records/database.ts';
import { type ExportKind, findExport, insertExport, lockNextExportNumber } from '../../records/exports.ts';
import type { OfficeEdges } from '../edges.ts';
import { writeCell } from './reading/csv.ts';

/** What goes out to billing under a header of its own. */
export type Outgoing = {
  kind: ExportKind;
  columns: readonly string[];
  /**
   * The lines that have not gone out yet, in their order, a cell a column as text; marks them as gone out by this number. None leaves
   * nothing marked.
   */
  collect: (trx: Trx, exportNumber: number, now: Date) => Promise<readonly (readonly string[])[]>;
};

/** `number` is null where there was nothing to write. */
export type Exported = { number: number | null; rows: number };

/**
 * Writes what has not gone out yet and marks it, both or neither: `write` gets the whole file before the mark holds, and the transaction in
 * which it is made. A crash between the two leaves a file whose lines go out once more, never lines that went nowhere.
 */
export async function exportNew(
  { db, clock }: Pick<OfficeEdges, 'db' | 'clock'>,
  outgoing: Outgoing,
  write: (content: string, made: Exported & { trx: Trx }) => Promise<void>,
): Promise<Exported> {
  return db.transaction().execute(async (trx) => {
    const now = clock();
    const number = await lockNextExportNumber(trx, outgoing.kind);
    const lines = await outgoing.collect(trx, number, now);
    const content = fileOf(outgoing.columns, lines);
    if (lines.length > 0) await insertExport(trx, { kind: outgoing.kind, number, madeAt: now, rows: lines.length, content });
    const made = { number: lines.length > 0 ? number : null, rows: lines.length };
    await write(content, { ...made, trx });
    return made;
  });
}

/** The same file as before, byte for byte; undefined when there was none of this number. */
export async function exportAgain(
  db: Db,
  kind: ExportKind,
  number: number,
): Promise<{ rows: number; content: string; madeAt: Date } | undefined> {
  const found = await findExport(db, kind, number);
  return found && { rows: found.rows, content: found.content, madeAt: found.madeAt };
}

/** UTF-8 with BOM, `;`, a header row. */
function fileOf(columns: readonly string[], lines: readonly (readonly string[])[]): string {
  return `\ufeff${[columns, ...lines].map((cells) => `${cells.map(outgoingCell).join(';')}\r\n`).join('')}`;
}

/**
 * A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it text there; numbers, negative ones too,
 * stay numbers.
 */
function outgoingCell(cell: string): string {
  const formula = /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(,\d+)?$/.test(cell);
  return writeCell(formula ? `'${cell}` : cell);
}

/** `31.10.2026` of `2026-10-31`. */
export function outgoingDay(day: string): string {
  return day.split('-').toReversed().join('.');
}
