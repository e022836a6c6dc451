import { type ColumnType, type Generated } from 'kysely';
import type { Db, Trx } from './database.ts';
import { tryLock } from './locks.ts';

/** Going through all links or residents once for one piece of news, some at a time. */
export type NewsScansTable = {
  name: ColumnType<string, string, never>;
  /** The id of the last link or resident that it has come to. */
  place: string | null;
  /** How many notices it has put in line. */
  told: Generated<number>;
  beganAt: ColumnType<Date, Date, never>;
  finishedAt: ColumnType<Date | null, never, Date>;
};

export type NewsScanState = { place: string | null; told: number; finished: boolean };

/** Whether nobody else is at any scan until the transaction ends. */
export async function tryLockNewsScans(trx: Trx): Promise<boolean> {
  return tryLock(trx, 'newsScans');
}

/** Begins the scan of that name now, if it never was begun. */
export async function insertNewsScan(trx: Trx, name: string, now: Date): Promise<void> {
  await trx
    .insertInto('newsScans')
    .values({ name, place: null, beganAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** How far the scan of that name has come, which was begun. */
export async function findNewsScan(db: Db, name: string): Promise<NewsScanState> {
  const { place, told, finishedAt } = await db
    .selectFrom('newsScans')
    .select(['place', 'told', 'finishedAt'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return { place, told, finished: finishedAt !== null };
}

export async function updateNewsScan(trx: Trx, name: string, place: string, told: number): Promise<void> {
  await trx
    .updateTable('newsScans')
    .set((e) => ({ place, told: e('told', '+', told) }))
    .where('name', '=', name)
    .execute();
}

export async function markNewsScanFinished(trx: Trx, name: string, now: Date): Promise<void> {
  await trx.updateTable('newsScans').set({ finishedAt: now }).where('name', '=', name).execute();
}

export async function isNewsScanFinished(db: Db, name: string): Promise<boolean> {
  const row = await db.selectFrom('newsScans').select('finishedAt').where('name', '=', name).executeTakeFirst();
  return row?.finishedAt != null;
}

/** Forgets scans that ended before. */
export async function deleteOldNewsScans(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('newsScans').where('finishedAt', '<', before).execute();
}
