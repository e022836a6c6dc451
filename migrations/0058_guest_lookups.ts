import { type Kysely, sql } from 'kysely';

/** Account numbers that people looked up without having them in a cabinet of their own, counted so that the bot is no directory. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table guest_lookups (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null check (messenger_id like '_%:_%'),
      -- As it was typed; there need not be such an account.
      account text collate "C" not null check (account ~ '^[0-9]{5,20}$'),
      counted_at timestamptz not null,
      seen_at timestamptz not null,
      constraint guest_lookups_once unique (messenger_id, account),
      constraint guest_lookups_times check (seen_at >= counted_at)
    );
    create index guest_lookups_person on guest_lookups (messenger_id, counted_at);
    create index guest_lookups_counted on guest_lookups (counted_at);
    create index guest_lookups_seen on guest_lookups (seen_at);
  `.execute(db);
}
