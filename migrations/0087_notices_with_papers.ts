import { type Kysely, sql } from 'kysely';

/**
 * A notice may hand over a paper: what is to be drawn, as plain data, until it is sent or given up. Staff's answers are counted by their
 * time, for the summary in the morning.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notices add column paper jsonb;
    create index request_messages_answers on request_messages (at) where side = 'staff';
  `.execute(db);
}
