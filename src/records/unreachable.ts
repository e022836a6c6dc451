import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** People to whom the messenger no longer lets us write. */
export type UnreachableTable = { messengerId: string; since: Date };

/** The messenger does not let us write to this person, found out now. */
export async function saveUnreachable(trx: Trx, messengerId: string, now: Date): Promise<void> {
  await trx
    .insertInto('unreachable')
    .values({ messengerId, since: now })
    .onConflict((c) => c.column('messengerId').doUpdateSet({ since: now }))
    .execute();
}

/** Whether this person could not be written to, found out after `since`. */
export async function isUnreachable(db: Db, messengerId: string, since: Date): Promise<boolean> {
  const found = await db
    .selectFrom('unreachable')
    .select('since')
    .where('messengerId', '=', messengerId)
    .where('since', '>', since)
    .executeTakeFirst();
  return found !== undefined;
}

/** Which of these people could not be written to. */
export async function listUnreachable(db: Db, messengerIds: readonly string[]): Promise<string[]> {
  const found = await db
    .selectFrom('unreachable')
    .select('messengerId')
    .where('messengerId', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
  return found.map(({ messengerId }) => messengerId);
}

/** Whether any of these people could not be written to. */
export async function hasUnreachable(db: Db, messengerIds: readonly string[]): Promise<boolean> {
  const found = await db
    .selectFrom('unreachable')
    .select('messengerId')
    .where('messengerId', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Which of these people could not be written to; they can be from now on. */
export async function deleteUnreachable(db: Db, messengerIds: readonly string[]): Promise<string[]> {
  const were = await db
    .deleteFrom('unreachable')
    .where('messengerId', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .returning('messengerId')
    .execute();
  return were.map(({ messengerId }) => messengerId);
}
