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
  began_at: ColumnType<Date, Date, never>;
  finished_at: ColumnType<Date | null, never, Date>;
};

export type NewsScanState = { place: string | null; told: number; finished: boolean };

/** Whether nobody else is at any round until the transaction ends. */
export async function lockNewsScans(trx: Trx): Promise<boolean> {
  return tryLock(trx, 'newsScans');
}

/** The round of that name, begun now if it never was. */
export async function saveNewsScan(trx: Trx, name: string, now: Date): Promise<NewsScanState> {
  await trx
    .insertInto('news_scans')
    .values({ name, place: null, began_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { place, told, finished_at } = await trx
    .selectFrom('news_scans')
    .select(['place', 'told', 'finished_at'])
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return { place, told, finished: finished_at !== null };
}

export async function updateNewsScan(trx: Trx, name: string, place: string, told: number): Promise<void> {
  await trx
    .updateTable('news_scans')
    .set((e) => ({ place, told: e('told', '+', told) }))
    .where('name', '=', name)
    .execute();
}

export async function markNewsScanFinished(trx: Trx, name: string, now: Date): Promise<void> {
  await trx.updateTable('news_scans').set({ finished_at: now }).where('name', '=', name).execute();
}

export async function isNewsScanFinished(db: Db, name: string): Promise<boolean> {
  const row = await db.selectFrom('news_scans').select('finished_at').where('name', '=', name).executeTakeFirst();
  return row?.finished_at != null;
}

/** Forgets rounds that ended before. */
export async function deleteOldNewsScans(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('news_scans').where('finished_at', '<', before).execute();
}
