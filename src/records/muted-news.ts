import type { NewsKind } from '../domain/news.ts';
import type { Db, Trx } from './database.ts';

/** Kinds of news that a resident has switched off; what is not here is on. */
export type MutedNewsTable = { residentId: string; kind: NewsKind };

/** Accounts of a messenger that are signed out and want no news without figures either. */
export type MutedMessengersTable = { messengerId: string };

export async function listMutedNews(db: Db, residentId: string): Promise<NewsKind[]> {
  const rows = await db.selectFrom('mutedNews').select('kind').where('residentId', '=', residentId).execute();
  return rows.map(({ kind }) => kind);
}

export async function hasMuted(db: Db, residentId: string, kind: NewsKind): Promise<boolean> {
  const found = await db
    .selectFrom('mutedNews')
    .where('residentId', '=', residentId)
    .where('kind', '=', kind)
    .select('kind')
    .executeTakeFirst();
  return found !== undefined;
}

export async function insertMutedNews(trx: Trx, residentId: string, kind: NewsKind): Promise<void> {
  await trx
    .insertInto('mutedNews')
    .values({ residentId, kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteMutedNews(trx: Trx, residentId: string, kind: NewsKind): Promise<void> {
  await trx.deleteFrom('mutedNews').where('residentId', '=', residentId).where('kind', '=', kind).execute();
}

export async function insertMutedMessenger(trx: Trx, messengerId: string): Promise<void> {
  await trx
    .insertInto('mutedMessengers')
    .values({ messengerId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteMutedMessengers(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  if (messengerIds.length > 0) await trx.deleteFrom('mutedMessengers').where('messengerId', 'in', messengerIds).execute();
}
