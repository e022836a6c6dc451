import { type Kysely, sql } from 'kysely';

/**
 * Requests of residents, troubles that staff look after, and what was written in them by both sides; who the staff are; the audit log of
 * what they did.
 * A message in a messenger is named by its chat and number there: `telegram:701/55`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A resident's request (обращение), or a trouble that staff look after (kind is then the escalation's).
    create table requests (
      id uuid primary key default gen_random_uuid(),
      number bigint generated always as identity unique,
      kind text not null check (kind <> ''),
      topic text,
      messenger_id text check (messenger_id like '_%:_%'),
      resident_id uuid references residents on delete set null,
      account text collate "C",
      words jsonb not null default '{}',
      state text not null,
      opened_at timestamptz not null,
      state_at timestamptz not null,
      waiting_since timestamptz,
      raised_at timestamptz,
      first_answered_at timestamptz,
      closed_at timestamptz,
      reopened integer not null default 0,
      taken_by text check (taken_by like '_%:_%'),
      taken_by_name text,
      rating smallint check (rating >= 1 and rating <= 5),
      rating_words text,
      rated_at timestamptz,
      thread text unique,
      card text unique,
      thread_shows text,
      called text check (called <> ''),
      constraint requests_closed check ((state = 'closed') = (closed_at is not null)),
      constraint requests_rated check ((rating is null) = (rated_at is null)),
      constraint requests_taken check ((taken_by is null) = (taken_by_name is null)),
      constraint requests_topic check ((kind = 'request') = (topic is not null))
    );
    create index requests_account on requests (account, opened_at) where account is not null;
    create index requests_messenger on requests (messenger_id, opened_at);
    create index requests_open on requests (state, waiting_since) where state <> 'closed';
    create index requests_opened on requests (opened_at);
    create index requests_resident on requests (resident_id, opened_at);

    -- What residents and staff wrote in a request. A message in a messenger is named by its chat and number there: telegram:701/55.
    create table request_messages (
      id bigint generated always as identity primary key,
      request_id uuid not null references requests on delete cascade,
      side text not null,
      author text not null check (author like '_%:_%'),
      author_name text,
      source text not null unique,
      album text,
      replies_to text,
      kind text not null,
      words text not null default '',
      file text,
      file_name text,
      copy text,
      at timestamptz not null,
      edited_at timestamptz,
      withdrawn_at timestamptz,
      undelivered text,
      more_copies text[] not null default '{}',
      file_key text,
      context jsonb,
      former_copies text[] not null default '{}',
      waits_since timestamptz
    );
    create index request_messages_album on request_messages (album) where album is not null;
    create index request_messages_answers on request_messages (at) where side = 'staff';
    create index request_messages_copy on request_messages (copy) where copy is not null;
    create index request_messages_request on request_messages (request_id, id);
    create index request_messages_waiting on request_messages (request_id) where waits_since is not null;

    -- Where a request was talked about before: people go on writing in what is still on their screens.
    create table former_threads (
      thread text primary key check (thread like '_%:_%/_%'),
      request_id uuid not null references requests on delete cascade,
      at timestamptz not null
    );
    create index former_threads_request on former_threads (request_id);

    -- What the bot has told staff of its own accord; a trouble that goes on is one row that counts, as long as its request is open.
    create table escalations (
      id bigint generated always as identity primary key,
      kind text not null,
      key text,
      account text,
      words jsonb not null,
      times integer not null default 1 check (times > 0),
      first_at timestamptz not null,
      last_at timestamptz not null,
      request_id uuid references requests on delete set null,
      said_at timestamptz,
      shown_at timestamptz
    );
    create index escalations_account on escalations (account, first_at);
    create index escalations_key on escalations (kind, key, first_at);
    create index escalations_request on escalations (request_id) where request_id is not null;

    -- People to whose requests staff do not listen for a while, or at all.
    create table silenced (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      until timestamptz,
      by text not null,
      at timestamptz not null
    );

    -- Who was active in the staff group. Being listed makes nobody staff: that is asked of the messenger each time.
    create table colleagues (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      username text,
      name text not null check (name <> ''),
      seen_at timestamptz not null
    );
    create index colleagues_username on colleagues (username) where username is not null;

    -- What staff did and who saw what; append-only by the database itself.
    create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      who text not null check (who <> ''),
      name text,
      what text not null check (what <> ''),
      account text collate "C",
      resident_id uuid,
      request_number bigint,
      details jsonb not null default '{}'
    );
    create index audit_log_account on audit_log (account, at) where account is not null;
    create index audit_log_at on audit_log (at);
    create index audit_log_who on audit_log (who, at);

    -- The staff group became a supergroup; the settings still name it as it was.
    create table group_moves (
      moved_from bigint primary key,
      moved_to bigint not null,
      at timestamptz not null
    );

    -- What staff did can be neither changed nor taken out, not by a slip of ours either.
    create function audit_log_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit log is append-only';
    end $$;

    create trigger audit_log_append_only before delete or update or truncate on audit_log
      for each statement execute function audit_log_is_append_only();

    -- Where the list of requests that wait stands in the staff group; one row at most.
    create table request_board (
      one_row boolean primary key default true check (one_row),
      message text check (message like '_%:_%/_%'),
      former text check (former like '_%:_%/_%'),
      pinned boolean not null default false,
      page integer not null default 1 check (page > 0),
      shows text not null default '',
      asked_at timestamptz not null
    );
  `.execute(db);
}
