import { type Kysely, sql } from 'kysely';

/** Who was active in the staff group, so that a request can be handed over by name (being listed makes nobody staff); how a requester is called. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table colleagues (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      -- In the messenger, lower case, without the @.
      username text,
      name text not null check (name <> ''),
      seen_at timestamptz not null
    );
    -- As the person is called in the messenger: staff's canned answers address them so.
    alter table requests add column called text check (called <> '');

    create index colleagues_username on colleagues (username) where username is not null;
  `.execute(db);
}
