import { type Kysely, sql } from 'kysely';

/** A notice may hand over a paper: what is to be drawn, as plain data, until it is sent or given up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table notices add column paper jsonb`.execute(db);
}
