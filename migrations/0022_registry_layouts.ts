import { type Kysely, sql } from 'kysely';

/** By which layout of `CENTRE_FILE` a file of staff is read, where they have chosen one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table registry_orders add column layout text`.execute(db);
}
