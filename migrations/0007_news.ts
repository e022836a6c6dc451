import { type Kysely, sql } from 'kysely';

/**
 * Announcements and news: who wants which, what was told already, how far each scan for news has come.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Words of the centre to all residents, or to those of a street or a house.
    create table announcements (
      id uuid primary key default gen_random_uuid(),
      number bigint unique,
      messenger_id text not null check (messenger_id like '_%:_%'),
      by_name text not null,
      target text not null,
      place text not null,
      words text not null check (words <> ''),
      state text not null,
      made_at timestamptz not null,
      state_at timestamptz not null,
      reached uuid,
      in_line boolean not null default false,
      stopped_at timestamptz,
      delivered integer,
      undelivered integer,
      unsent integer,
      message text,
      told boolean not null default false,
      picture text,
      -- Nothing of it goes out before.
      send_at timestamptz,
      constraint announcements_number check ((state = 'draft') = (number is null)),
      constraint announcements_over check ((state = 'over') = ((delivered is not null) and (undelivered is not null) and (unsent is not null))),
      constraint announcements_place check ((target = 'all') = (place = ''))
    );
    create index announcements_open on announcements (number) where (state <> 'draft' and (not told));
    create trigger announcements_work after insert or update of state on announcements
      for each statement execute function work_came();

    -- Kinds of news that a resident has switched off; what is not here is on.
    create table muted_news (
      resident_id uuid not null references residents on delete cascade,
      kind text not null,
      primary key (resident_id, kind)
    );

    -- Accounts of a messenger that are signed out and want no news without figures either.
    create table muted_messengers (
      messenger_id text primary key check (messenger_id like '_%:_%')
    );

    -- Going through all links or residents once for one piece of news, some at a time.
    create table news_scans (
      name text primary key,
      place uuid,
      told integer not null default 0 check (told >= 0),
      began_at timestamptz not null,
      finished_at timestamptz
    );

    -- Of which meters' verifications a resident was told, at which of the times before they run out, and of which day.
    create table told_verifications (
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null,
      number text collate "C" not null,
      stage integer not null,
      due date not null,
      primary key (resident_id, account, number, stage)
    );
  `.execute(db);
}
