import { type Kysely, sql } from 'kysely';

/**
 * The inbox of updates, and its dead letters. An update that cannot start at once, or that takes long, is `waiting`, in the order of its
 * line (a chat); the process that owns it works it off. `failed` and `stuck` are dead letters: for people to look at, and to let come again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table update_inbox (
      id text primary key,
      seq bigint generated always as identity,
      -- The chat whose order it keeps; null: it stands alone.
      line text,
      state text not null,
      -- The update as JSON, sealed.
      sealed text not null,
      -- Who works it off; null: whoever finds it.
      owner text,
      at timestamptz not null,
      -- Of a dead letter: the request that tells staff of it.
      request_id uuid references requests on delete set null,
      -- Nothing was taken out of it (a secret would have been).
      whole boolean not null default false,
      -- Staff let it be taken up again.
      again boolean not null default false
    );
    create index update_inbox_waiting on update_inbox (line, seq) where state = 'waiting';
    create index update_inbox_request on update_inbox (request_id) where request_id is not null;

    -- Processes that own something in the inbox; one that has not said so for some seconds is dead, and what it owned is taken over.
    create table inbox_owners (
      id text primary key,
      alive_until timestamptz not null
    );

    insert into update_inbox (id, line, state, sealed, at, request_id, whole, again)
      select id, case when state = 'under way' and not again then line end,
        case state when 'under way' then 'waiting' else state end, sealed, at, request_id, whole, again
      from parked_updates order by at, id;
    drop table parked_updates;
  `.execute(db);
}
