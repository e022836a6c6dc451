import { sql } from 'kysely';
import type { Trx } from '../database.ts';
import { lock } from '../locks.ts';
import type { RegistryTable } from './table.ts';

/** Feeds lines to a `copy … from stdin` on the connection of a transaction. */
export type CopyIn = (statement: string, lines: AsyncIterable<string>) => Promise<void>;

/** Nobody takes a registry in, or undoes one, until the transaction ends, and Postgres has what a large one needs. */
export async function lockForImport(trx: Trx): Promise<void> {
  await lock(trx, 'registries');
  await sql`set local work_mem = '64MB'`.execute(trx);
  await sql`set local jit = off`.execute(trx);
  // Enough to choose a plan for rows that all look alike.
  await sql`set local default_statistics_target = 10`.execute(trx);
}

/** Fills the temporary table `staged`, which goes with the transaction, from lines of `copyLine`. */
export async function stageRows(
  trx: Trx,
  copyIn: CopyIn,
  { kind, columns }: RegistryTable,
  lines: AsyncIterable<string>,
): Promise<void> {
  const definitions = columns.map(({ column, type }) => sql`${sql.id(column)} ${sql.raw(type)}`);
  await sql`create temp table staged (line integer, refusal text, ${sql.join(definitions)}) on commit drop`.execute(trx);
  await copyIn('copy staged from stdin', lines);
  await sql`analyze staged`.execute(trx);
  await analyzeIfThoughtEmpty(trx, kind);
}

/**
 * What autovacuum looks at while its first rows are not committed yet counts as empty until it is looked at again, for a minute: a file that
 * comes in then would be compared with it row by row.
 */
async function analyzeIfThoughtEmpty(trx: Trx, kind: string): Promise<void> {
  const { rows } = await sql`
    select from pg_class where oid = to_regclass(${kind}) and reltuples <= 0 and pg_relation_size(oid) > 0
  `.execute(trx);
  if (rows.length > 0) await sql`analyze ${sql.id(kind)}`.execute(trx);
}

/** A row of `staged` as COPY wants it: its line in the file, why it is refused, and its values in the order of the columns. */
export const copyLine = (line: number, reason: string | undefined, values: readonly (string | null)[]): string => {
  let text = `${line}\t${reason === undefined ? '\\N' : escaped(reason)}`;
  for (const value of values) text += value === null ? '\t\\N' : `\t${escaped(value)}`;
  return `${text}\n`;
};

/** A NUL cannot be in Postgres's text at all. */
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

/** The next file may be staged in the same transaction. */
export async function dropStaged(trx: Trx): Promise<void> {
  await sql`drop table if exists staged, strangers, repeats, vanished, watched, refusals`.execute(trx);
}

/** Rows of `refusals` asked for at a time. */
const PAGE = 5_000;

/** Which rows are refused and why, in the order of the file's lines, a page at a time. */
export async function* listRefusals(trx: Trx): AsyncGenerator<{ line: number; reason: string }, undefined> {
  await sql`create temp table refusals on commit drop as select line, refusal as reason from staged where refusal is not null`.execute(
    trx,
  );
  await sql`create index on refusals (line)`.execute(trx);
  for (let after = 0; ; ) {
    const page = await sql<{ line: number; reason: string }>`
      select line, reason from refusals where line > ${after} order by line limit ${PAGE}
    `.execute(trx);
    yield* page.rows;
    const last = page.rows.at(-1);
    if (!last || page.rows.length < PAGE) return undefined;
    after = last.line;
  }
}
