import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** What an office verb answered to one step of one update, kept so that a repeat hears the same. */
export type OperationsTable = {
  key: string;
  outcome: ColumnType<unknown, string, never>;
  at: ColumnType<Date, Date, never>;
};

/** Waits for whoever does the same operation now; the answer that it had, if it was done before. */
export async function findOperation(trx: Trx, key: string): Promise<{ outcome: unknown } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 1))`.execute(trx);
  return trx.selectFrom('operations').select('outcome').where('key', '=', key).executeTakeFirst();
}

export async function keepOperation(trx: Trx, key: string, outcome: unknown, at: Date): Promise<void> {
  await trx
    .insertInto('operations')
    .values({ key, outcome: JSON.stringify(outcome), at })
    .execute();
}

/** Forgets answers older than `before`: Telegram repeats an update for a day at most. */
export async function forgetOperations(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('operations').where('at', '<', before).execute();
}

/** Forgets what one person was answered: the outcomes may name a login. */
export async function forgetOperationsOf(trx: Trx, messengerId: string): Promise<void> {
  await trx
    .deleteFrom('operations')
    .where(sql<boolean>`starts_with(key, ${`${messengerId}/`})`)
    .execute();
}
