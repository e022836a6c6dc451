import type { Db } from './database.ts';

/** When the staff group was sent how many messages, for the minute in which it counts. */
export type GroupSendsTable = { at: Date; messages: number };

/** Notes what is about to be sent. */
export async function insertGroupSend(db: Db, at: Date, messages: number): Promise<void> {
  await db.insertInto('groupSends').values({ at, messages }).execute();
}

export async function deleteOldGroupSends(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('groupSends').where('at', '<', before).execute();
}

/** From the oldest. */
export async function listGroupSends(db: Db, since: Date): Promise<{ at: Date; messages: number }[]> {
  return db.selectFrom('groupSends').selectAll().where('at', '>=', since).orderBy('at').execute();
}
