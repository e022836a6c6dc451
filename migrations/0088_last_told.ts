import { type Kysely, sql } from 'kysely';

/** What the bot told each person last, so that a request's card can say it to staff. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table last_told (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      words text not null,
      at timestamptz not null
    );
    create index last_told_at on last_told (at);
  `.execute(db);
}
