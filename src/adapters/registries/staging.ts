import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Bounds } from '../../office/registries/bounds.ts';
import { dueCheck } from '../../office/registries/due.ts';
import { watchRepeats } from '../../office/registries/repeats.ts';
import { rowReader } from '../../office/registries/rows.ts';
import type { Trx } from '../../records/database.ts';
import type { RegistryFile } from './file.ts';
import type { MergePlan } from './plans.ts';

/** What went into the staging table. */
export type Staged = {
  rows: number;
  refused: number;
  /** False only when no key came twice. */
  mayRepeat: boolean;
  /** Rows whose «К оплате» is not the sum of the others; `lines` are the first of them. */
  dueDiffers: { rows: number; lines: readonly number[] };
};

const PIECE_CHARACTERS = 32_768;
const LINES_NAMED = 3;

/**
 * Reads a file into the temporary table `staged`, refused rows too, each with its line and its reason.
 * The table has the layout's fields and goes with the transaction; `client` is the connection of `trx`.
 */
export async function stage(
  trx: Trx,
  client: ClientBase,
  file: RegistryFile,
  plan: MergePlan,
  bounds: Bounds,
  onRows: (rows: number) => void,
): Promise<Staged> {
  const { columns } = file.header.layout;
  const fields = columns.map((column) => column.field);
  const definitions = columns.map((column) => sql`${sql.id(column.field)} ${sql.raw(column.type)}`);
  if (plan.derived !== undefined) definitions.push(sql.raw(plan.derived));
  await sql`create temp table staged (line integer, reason text, ${sql.join(definitions)}) on commit drop`.execute(trx);

  const place = (field: string): number => fields.indexOf(field);
  const member = plan.key.filter((field) => !plan.group.includes(field));
  const watch = watchRepeats(plan.group.map(place), member.map(place));
  const differs = dueCheck(fields);
  const reader = rowReader(file.header, bounds);
  const staged = { rows: 0, refused: 0, dueDiffers: 0 };
  const lines: number[] = [];

  async function* copied(): AsyncGenerator<string> {
    let messagePart = '';
    const values: (string | null)[] = columns.map(() => null);
    for await (const records of file.rows()) {
      for (const record of records) {
        const slip = reader.read(record.cells, values);
        const reason = record.problem ?? slip;
        if (reason === undefined) {
          watch.see(values);
          if (differs?.(values)) {
            staged.dueDiffers += 1;
            if (lines.length < LINES_NAMED) lines.push(record.line);
          }
        } else {
          staged.refused += 1;
        }
        staged.rows += 1;
        messagePart += `${record.line}\t${reason === undefined ? '\\N' : escaped(reason)}`;
        for (const value of values) messagePart += value === null ? '\t\\N' : `\t${escaped(value)}`;
        messagePart += '\n';
        if (messagePart.length >= PIECE_CHARACTERS) {
          yield messagePart;
          messagePart = '';
        }
      }
      onRows(staged.rows);
    }
    if (messagePart !== '') yield messagePart;
  }

  await pipeline(Readable.from(copied()), client.query(copyFrom('copy staged from stdin')));
  await sql`analyze staged`.execute(trx);
  return {
    rows: staged.rows,
    refused: staged.refused,
    mayRepeat: watch.mayRepeat(),
    dueDiffers: { rows: staged.dueDiffers, lines },
  };
}

/** Text as COPY wants it; a NUL cannot be in Postgres's text at all. */
function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (!/[\\\n\r\t\u0000]/.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\u0000', '\ufffd');
}
