import { type ColumnType, expressionBuilder, type Generated, type GeneratedAlways, type Insertable, sql } from 'kysely';
import type { LocalDay } from '../../domain/local-day.ts';
import type { Database, Db, RegistryTables, Trx } from '../database.ts';
import { tryLockShared } from '../locks.ts';
import type { RegistryTable } from './table.ts';

/** A registry is named by its table. */
export type RegistryKind = Exclude<keyof RegistryTables, 'readingAnswers'> | 'reading_answers';

/** One registry file that came in, with what it did. */
export type RegistryImportsTable = {
  id: GeneratedAlways<number>;
  kind: RegistryKind;
  /** The file's own name, without its folder. */
  fileName: string;
  startedAt: ColumnType<Date, Date, never>;
  finishedAt: ColumnType<Date, Date, never>;
  rowsRead: number;
  rowsNew: number;
  rowsChanged: number;
  rowsUnchanged: number;
  rowsRefused: number;
  /**
   * The newest day that the rows which were there after it speak of, `YYYY-MM-DD`: a payment's day, the last day of a charge's period, the day
   * of a meter's value; not later than the import. Null where they speak of none.
   */
  dataDay: string | null;
  /** Earlier imports whose rows this one met, changed or not: they cannot be undone before it. Null: this one cannot be undone. */
  restsOn: Generated<number[] | null>;
  undoneAt: ColumnType<Date | null, never, Date>;
  /** A messenger id, or `command line`. */
  undoneBy: ColumnType<string | null, never, string>;
};

/** The number of an import that is about to begin. */
export async function findNextImportNumber(trx: Trx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval(pg_get_serial_sequence('registry_imports', 'id')) as id`.execute(trx);
  if (!rows[0]) throw new Error('Postgres gave no number');
  return rows[0].id;
}

/** The newest number that was given, also to an import of which nothing is left; 0: none yet. */
export async function findLastImportNumber(trx: Trx): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`
    select pg_sequence_last_value(pg_get_serial_sequence('registry_imports', 'id')::regclass) as id
  `.execute(trx);
  return rows[0]?.id ?? 0;
}

export async function insertImport(
  trx: Trx,
  { id, restsOn, ...done }: Omit<Insertable<RegistryImportsTable>, 'restsOn'> & { id: number; restsOn: readonly number[] },
): Promise<void> {
  const columns = ['id', 'restsOn', ...Object.keys(done)];
  const values = [sql`${id}`, sql`${[...restsOn]}::bigint[]`, ...Object.values(done).map((value) => sql`${value}`)];
  await sql`
    insert into registry_imports (${sql.join(columns.map((column) => sql.id(column)))}) overriding system value
    values (${sql.join(values)})
  `.execute(trx);
}

/** The newest day, up to today, that the rows of a registry speak of, as they are now. */
export async function findNewestDay(
  trx: Trx,
  { kind, dated }: Pick<RegistryTable, 'kind' | 'dated'>,
  today: LocalDay,
): Promise<string | null> {
  if (dated === undefined) return null;
  const day = sql.ref(dated.column);
  // A row of tomorrow is lawful, and one of years ahead may be left from before it was not.
  const newest =
    dated.by === 'month'
      ? sql`
          select (max(${day}) + interval '1 month' - interval '1 day')::date from ${sql.table(kind)}
          where ${day} <= date_trunc('month', ${today}::date) + interval '1 month'`
      : sql`select max(${day}) from ${sql.table(kind)} where ${day} <= ${today}::date + 1`;
  const { rows } = await sql<{ day: string | null }>`select (${newest}) as day`.execute(trx);
  const found = rows[0]?.day ?? null;
  return found !== null && found > today ? today : found;
}

/** The day that the registries of one kind are of, `YYYY-MM-DD`: as the newest that was not undone found them. */
export async function findDataDay(db: Db | Trx, kind: RegistryKind): Promise<string | undefined> {
  const row = await db.selectFrom(findDataDayQuery(kind).as('newest')).select('day').executeTakeFirst();
  return row?.day ?? undefined;
}

/** The same within another statement. */
export function findDataDayQuery(kind: RegistryKind) {
  return expressionBuilder<Database>()
    .selectFrom('registryImports')
    .select('dataDay as day')
    .where('kind', '=', kind)
    .where('undoneAt', 'is', null)
    .where('dataDay', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1);
}

/** The newest of the registries of one kind that was not undone. */
export async function findLastImport(db: Db, kind: RegistryKind): Promise<{ id: number; finishedAt: Date } | undefined> {
  return db
    .selectFrom('registryImports')
    .select(['id', 'finishedAt'])
    .where('kind', '=', kind)
    .where('undoneAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The registry of one kind that was undone last. */
export async function findLastUndone(db: Db, kind: RegistryKind): Promise<{ id: number; undoneAt: Date } | undefined> {
  const found = await db
    .selectFrom('registryImports')
    .select(['id', 'undoneAt'])
    .where('kind', '=', kind)
    .where('undoneAt', 'is not', null)
    .orderBy('undoneAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.undoneAt ? { id: found.id, undoneAt: found.undoneAt } : undefined;
}

/** Whether a registry of one kind ever came in; also one that was undone. */
export async function hasImported(db: Db, kind: RegistryKind): Promise<boolean> {
  const found = await db.selectFrom('registryImports').select('id').where('kind', '=', kind).limit(1).executeTakeFirst();
  return found !== undefined;
}

export type ImportSummary = { number: number; kind: RegistryKind; name: string; at: string };

/** The last imports that were not undone, from the newest. */
export async function listImports(db: Db, limit: number): Promise<ImportSummary[]> {
  const rows = await db
    .selectFrom('registryImports')
    .select(['id', 'kind', 'fileName', 'finishedAt'])
    .where('undoneAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, kind, fileName: name, finishedAt }) => ({ number: id, kind, name, at: finishedAt.toISOString() }));
}

export async function isImport(db: Db | Trx, id: number): Promise<boolean> {
  const found = await db.selectFrom('registryImports').select('id').where('id', '=', id).executeTakeFirst();
  return found !== undefined;
}

/** Keeps registries from coming in until the transaction ends; false when one is coming in now. */
export async function tryLockRegistries(trx: Trx): Promise<boolean> {
  return tryLockShared(trx, 'registries');
}
