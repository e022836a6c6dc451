import type { Db } from './database.ts';

/** When the staff group was sent how many messages, for the minute in which it counts. */
export type GroupSendsTable = { at: Date; messages: number };

/** Notes what is about to be sent; what is older than `before` is forgotten. */
export async function saveGroupSend(db: Db, at: Date, messages: number, before: Date): Promise<void> {
  await db.deleteFrom('groupSends').where('at', '<', before).execute();
  await db.insertInto('groupSends').values({ at, messages }).execute();
}

/** From the oldest. */
export async function listGroupSends(db: Db, since: Date): Promise<{ at: Date; messages: number }[]> {
  return db.selectFrom('groupSends').selectAll().where('at', '>=', since).orderBy('at').execute();
}
