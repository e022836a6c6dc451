import { type Kysely, sql } from 'kysely';

/** What was ended is not made again by the same proof: to whom linking by sum is closed, and since when payments prove anything. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- By whom the owner of a link that somebody else ended is known: fingerprints of the phone and the messenger accounts that its login had.
    create table sum_way_closings (
      link_id uuid not null,
      account text collate "C" not null,
      person text not null check (length(person) = 43),
      why text not null check (why in ('by-other-holder', 'by-staff')),
      at timestamptz not null,
      primary key (link_id, person)
    );
    create index sum_way_closings_account on sum_way_closings (account, person);
    create index sum_way_closings_at on sum_way_closings (at);

    -- Whether it opens the way also to those whose links were ended.
    alter table sum_reopenings add column for_ended boolean not null default true;

    -- When a registry brought another owner: older payments prove nothing to anybody.
    alter table accounts add column owner_changed_at timestamptz;
    update accounts set owner_changed_at = ended.at
    from (select account, max(ended_at) as at from links where ended_why = 'owner-changed' group by account) ended
    where ended.account = accounts.number;

    create index links_ended_by_others on links (account)
    where ended_why in ('by-other-holder', 'by-staff', 'owner-changed');
  `.execute(db);
}
