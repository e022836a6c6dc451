import { type Kysely, sql } from 'kysely';

/** In which chats a secret is awaited, and until when: it is known also where Redis was lost. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table awaited_secrets (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      until timestamptz not null
    );
    create index awaited_secrets_until on awaited_secrets (until);
  `.execute(db);
}
