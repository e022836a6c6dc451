import type { Db, Trx } from './database.ts';
import { lock } from './locks.ts';

/** A file that went out to billing. */
export type ExportsTable = {
  kind: ExportKind;
  /** Of its kind, from 1, without gaps. */
  number: number;
  madeAt: Date;
  /** Lines without the header. */
  rows: number;
  /** The file, byte for byte (UTF-8). */
  content: string;
};

export type ExportKind = 'readings' | 'payments';

/** The number of the next export of a kind; nobody else makes one until the transaction ends. */
export async function lockNextExportNumber(trx: Trx, kind: ExportKind): Promise<number> {
  await lock(trx, 'exportNumber', kind);
  return (await findLastExportNumber(trx, kind)) + 1;
}

/** 0 when there was none. */
export async function findLastExportNumber(db: Db, kind: ExportKind): Promise<number> {
  const row = await db
    .selectFrom('exports')
    .select((e) => e.fn.max('number').as('last'))
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row?.last ?? 0;
}

export async function insertExport(trx: Trx, made: ExportsTable): Promise<void> {
  await trx.insertInto('exports').values(made).execute();
}

export async function findExport(
  db: Db,
  kind: ExportKind,
  number: number,
): Promise<{ rows: number; content: string; madeAt: Date } | undefined> {
  return db
    .selectFrom('exports')
    .select(['rows', 'content', 'madeAt'])
    .where('kind', '=', kind)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** Forgets exports older than `before`, but for the last of each kind, from which the next takes its number. */
export async function deleteOldExports(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('exports')
    .where('madeAt', '<', before)
    .where((e) =>
      e.exists(
        e
          .selectFrom('exports as later')
          .select('later.number')
          .whereRef('later.kind', '=', 'exports.kind')
          .whereRef('later.number', '>', 'exports.number'),
      ),
    )
    .execute();
}
