import { type Kysely, sql } from 'kysely';

/** News (section 4): who wants which, what was told already, how far each round has come, and what waits for the day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Kinds of news that a resident has switched off.
    create table muted_news (
      resident_id uuid not null references residents on delete cascade,
      kind text not null check (kind in ('charges', 'payments', 'readings-open', 'readings-close', 'verification')),
      primary key (resident_id, kind)
    );

    -- Signed-out accounts that want no news without figures either.
    create table muted_messengers (
      messenger_id text primary key check (messenger_id like '_%:_%')
    );

    -- Going through all links once for one piece of news, some at a time.
    create table news_rounds (
      name text primary key,
      place uuid,
      told integer not null default 0 check (told >= 0),
      began_at timestamptz not null,
      finished_at timestamptz
    );

    -- Not to be sent at night, however late it has become.
    alter table notices add column daytime boolean not null default false;

    -- In the order in which they came in.
    alter table payments add column entry bigint not null generated always as identity;

    -- What was there when the account was linked is no news, nor what was told of.
    alter table links
      add column charges_told date,
      add column payments_told bigint not null default 0;
    update links set
      charges_told = (select max(period) from charges where charges.account = links.account),
      payments_told = (select coalesce(max(entry), 0) from payments where payments.account = links.account);
  `.execute(db);
}
