import { type Kysely, sql } from 'kysely';

/**
 * Whose share of the group's minute an errand takes, so that people are served in turn; threads in which a request was talked about before;
 * what a message was said about, and what its file is whatever handle it comes under.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Towards staff: the resident, the messenger account of a guest, else the request itself. Null: of an older version.
    alter table errands add whose text;
    update errands e set whose = coalesce(r.resident_id::text, r.messenger_id, r.id::text)
      from requests r where r.id = e.request_id and e.addressee = 'staff' and e.done_at is null and e.failed_at is null;
    create index errands_turns on errands (whose, done_at) where whose is not null and done_at is not null;
    create index errands_edits on errands (message_id) where kind = 'edit' and done_at is null and failed_at is null;

    create table former_threads (
      thread text primary key check (thread like '_%:_%/_%'),
      request_id uuid not null references requests on delete cascade,
      at timestamptz not null
    );
    create index former_threads_request on former_threads (request_id);

    alter table request_messages
      -- The messenger's name of the file, which stays when its handle changes.
      add file_key text,
      -- What was quoted, and from whom it was passed on.
      add context jsonb,
      -- Where the other side sees former words of it, which could not be changed any more.
      add former_copies text[] not null default '{}';
  `.execute(db);
}
