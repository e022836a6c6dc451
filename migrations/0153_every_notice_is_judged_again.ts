import { type Kysely, sql } from 'kysely';

/** Whose every notice to a resident is, not only news, and what is said instead of it to who is signed out by then. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table notices
      add column signed_out jsonb,
      drop constraint notices_news,
      add constraint notices_news check ((news is null or resident_id is not null) and (account is null or resident_id is not null)),
      add constraint notices_signed_out check (signed_out is null or resident_id is not null);

    -- An answer that waits for its reader to sign in: since when.
    alter table request_messages add column waits_since timestamptz;
    create index request_messages_waiting on request_messages (request_id) where waits_since is not null;
  `.execute(db);
}
