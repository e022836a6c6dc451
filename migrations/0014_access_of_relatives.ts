import { type Kysely, sql } from 'kysely';

/** Links that one resident gives another by a one-time link of the messenger, and those one-time links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The link by which this one was given; it ends with that.
    alter table links add column given_by uuid references links on delete set null;
    alter table links add constraint links_given_to_relatives check (given_by is null or way = 'relative');
    create index links_given_by on links (given_by) where given_by is not null;

    drop index links_ended_by_others;
    create index links_ended_by_others on links (account)
      where (ended_why in ('by-other-holder', 'by-staff', 'by-giver', 'owner-changed'));

    -- A one-time link by which a resident gives a relative access to an account. What it carries is made of the id by a key of the operator's.
    create table access_offers (
      id uuid primary key default gen_random_uuid(),
      link_id uuid not null references links on delete cascade,
      made_at timestamptz not null,
      expires_at timestamptz not null check (expires_at > made_at),
      opened_by text check (opened_by like '_%:_%'),
      ended_at timestamptz,
      ended_why text check (ended_why in ('used', 'withdrawn')),
      used_by uuid references residents on delete set null,
      constraint access_offers_end_whole check ((ended_at is null) = (ended_why is null)),
      constraint access_offers_used check (used_by is null or ended_why = 'used')
    );
    create index access_offers_link on access_offers (link_id);
    create index access_offers_opened on access_offers (opened_by) where ended_at is null;
    create index access_offers_expires on access_offers (expires_at);
    create index access_offers_used_by on access_offers (used_by) where used_by is not null;
  `.execute(db);
}
