import { type ColumnType, type GeneratedAlways, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

export type RegistryKind = 'accounts' | 'charges' | 'payments' | 'meters' | 'reading_answers';

/** One registry file that came in, with what it did. */
export type RegistryImportsTable = {
  id: GeneratedAlways<number>;
  kind: RegistryKind;
  /** The file's own name, without its folder. */
  file_name: string;
  started_at: ColumnType<Date, Date, never>;
  finished_at: ColumnType<Date, Date, never>;
  rows_read: number;
  rows_new: number;
  rows_changed: number;
  rows_unchanged: number;
  rows_refused: number;
  /**
   * The newest day that the taken rows speak of, `YYYY-MM-DD`: a payment's day, the last day of a charge's period, the day of a meter's value.
   * Null where they speak of none.
   */
  data_day: string | null;
};

/** The day that the registries of one kind are of, `YYYY-MM-DD`: the newest that any of them spoke of. */
export async function registryDataDay(db: Db | Trx, kind: RegistryKind): Promise<string | undefined> {
  const row = await db
    .selectFrom('registry_imports')
    .select((e) => e.fn.max('data_day').as('day'))
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.day ?? undefined;
}

/** The newest of the registries of one kind. */
export async function lastImport(db: Db, kind: RegistryKind): Promise<{ id: number; finished_at: Date } | undefined> {
  return db
    .selectFrom('registry_imports')
    .select(['id', 'finished_at'])
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Keeps registries from coming in until the transaction ends; false when one is coming in now. */
export async function takeRegistriesAsTheyAre(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock_shared(hashtextextended('registries', 0)) as taken
  `.execute(trx);
  return rows[0]?.taken === true;
}
