import { type Kysely, sql } from 'kysely';

/** The chat whose order a parked update keeps: what comes after it waits for it, also in other processes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table parked_updates add column line text`.execute(db);
}
