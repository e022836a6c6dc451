import { type Kysely, sql } from 'kysely';

/**
 * A trouble that staff look after is a request of its own kind: what is counted of it, and what can be done about it. An update that was put
 * aside belongs to the request that tells of it, and may be taken up again; a code that reached nobody names the providers that failed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table escalations
      -- Null for what was told before staff had requests.
      add column request_id uuid references requests on delete set null,
      -- When its thread was told of repeats last, and when its card was drawn.
      add column said_at timestamptz,
      add column shown_at timestamptz;
    create index escalations_request on escalations (request_id) where request_id is not null;

    alter table links drop constraint links_ended_why_check;
    alter table links add constraint links_ended_why_check
      check (ended_why in ('unlinked', 'by-other-holder', 'owner-changed', 'by-staff'));

    alter table parked_updates
      add column request_id uuid references requests on delete set null,
      -- Nothing was taken out of it (a secret would have been).
      add column whole boolean not null default false,
      -- Staff let it be taken up again.
      add column again boolean not null default false;
    create index parked_updates_request on parked_updates (request_id) where request_id is not null;

    alter table confirmation_codes add column undelivered_by text[];
  `.execute(db);
}
