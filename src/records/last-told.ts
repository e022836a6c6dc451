import type { Db, Trx } from './database.ts';

/** What the bot told a person last, in plain words; no secret may be among them. */
export type LastToldTable = { messengerId: string; words: string; at: Date };

export async function saveLastTold(db: Db, told: LastToldTable): Promise<void> {
  const { words, at } = told;
  await db
    .insertInto('lastTold')
    .values(told)
    .onConflict((c) => c.column('messengerId').doUpdateSet({ words, at }))
    .execute();
}

export async function findLastTold(db: Db, messengerId: string): Promise<{ words: string; at: Date } | undefined> {
  return db.selectFrom('lastTold').select(['words', 'at']).where('messengerId', '=', messengerId).executeTakeFirst();
}

export async function deleteLastToldTo(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  if (messengerIds.length > 0) await trx.deleteFrom('lastTold').where('messengerId', 'in', messengerIds).execute();
}

export async function deleteOldLastTold(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('lastTold').where('at', '<', before).execute();
}
