import type { Db, Trx } from './database.ts';

/** What the bot told a person last, in plain words; no secret may be among them. */
export type LastToldTable = { messenger_id: string; words: string; at: Date };

export async function saveLastTold(db: Db, told: LastToldTable): Promise<void> {
  const { words, at } = told;
  await db
    .insertInto('last_told')
    .values(told)
    .onConflict((c) => c.column('messenger_id').doUpdateSet({ words, at }))
    .execute();
}

export async function findLastTold(db: Db, messengerId: string): Promise<{ words: string; at: Date } | undefined> {
  return db.selectFrom('last_told').select(['words', 'at']).where('messenger_id', '=', messengerId).executeTakeFirst();
}

export async function deleteLastToldTo(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  if (messengerIds.length > 0) await trx.deleteFrom('last_told').where('messenger_id', 'in', messengerIds).execute();
}

export async function deleteOldLastTold(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('last_told').where('at', '<', before).execute();
}
