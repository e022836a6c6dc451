import { type Kysely, sql } from 'kysely';

/** What staff ask for in a private chat and a worker does: registry files in and out, announcements. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One registry file that came through the chat, or one export that was asked for there.
    create table registry_orders (
      id uuid primary key default gen_random_uuid(),
      -- In the order in which they were given.
      entry bigint not null generated always as identity,
      -- Who asked, and in whose private chat it is answered.
      messenger_id text not null check (messenger_id like '_%:_%'),
      by_name text not null,
      -- As it was when it was asked for; asked again before anything is taken in.
      senior boolean not null,
      what text not null check (what in ('import', 'readings', 'payments')),
      -- The messenger's handle of the file: its bytes are not kept.
      file text,
      file_name text,
      bytes bigint,
      -- Of the bytes that were checked: others are not taken in under the same report.
      sha256 text,
      report jsonb,
      -- What to say instead of a report.
      trouble text,
      export_number integer,
      state text not null check (state in ('to-check', 'checked', 'to-conduct', 'conducted', 'to-export', 'exported', 'refused', 'dropped')),
      made_at timestamptz not null,
      state_at timestamptz not null,
      -- Where it is being told how far it has come.
      message text,
      -- The person has been told of this state; the two that are nobody's news are told from the start.
      told boolean not null,
      attempts integer not null default 0,
      not_before timestamptz not null,
      constraint registry_orders_file check ((what = 'import') = (file is not null and file_name is not null)),
      constraint registry_orders_trouble check ((state = 'refused') = (trouble is not null)),
      constraint registry_orders_exported check ((export_number is not null) or state <> 'exported' or what = 'import')
    );
    create index registry_orders_due on registry_orders (entry) where not told;
    create index registry_orders_made on registry_orders (made_at);

    -- Words of the centre to all residents, or to those of a street or a house.
    create table announcements (
      id uuid primary key default gen_random_uuid(),
      -- Given when it is sent: what people call it by.
      number bigint unique,
      -- A senior, in whose private chat its progress is shown.
      messenger_id text not null check (messenger_id like '_%:_%'),
      by_name text not null,
      target text not null check (target in ('all', 'street', 'house')),
      -- As the registry writes it; '' for all.
      place text not null,
      words text not null check (words <> ''),
      state text not null check (state in ('draft', 'sending', 'stopped', 'over')),
      made_at timestamptz not null,
      state_at timestamptz not null,
      -- The last resident or link that was gone through; all were once in_line.
      reached uuid,
      in_line boolean not null default false,
      stopped_at timestamptz,
      -- What became of it, once it is over.
      delivered integer,
      undelivered integer,
      unsent integer,
      message text,
      told boolean not null default false,
      constraint announcements_number check ((state = 'draft') = (number is null)),
      constraint announcements_place check ((target = 'all') = (place = '')),
      constraint announcements_over check ((state = 'over') = (delivered is not null and undelivered is not null and unsent is not null))
    );
    create index announcements_open on announcements (number) where state <> 'draft' and not told;

    alter table notices add column announcement_id uuid references announcements on delete set null;
    create index notices_announcement on notices (announcement_id) where announcement_id is not null;
  `.execute(db);
}
