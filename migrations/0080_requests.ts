import { type Kysely, sql } from 'kysely';

/**
 * Requests of residents and troubles that staff look after, what was written in them by both sides, and the errands that carry it between
 * the messenger's chats. A message in a messenger is named by its chat and number there: `telegram:701/55`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table muted_news drop constraint muted_news_kind_check;
    alter table muted_news add constraint muted_news_kind_check
      check (kind in ('charges', 'payments', 'readings-open', 'readings-close', 'verification', 'requests', 'announcements'));

    create table requests (
      id uuid primary key default gen_random_uuid(),
      -- What people call it by.
      number bigint generated always as identity unique,
      -- 'request', or the kind of an escalation.
      kind text not null check (kind <> ''),
      -- A topic's key in the centre's settings file.
      topic text,
      -- In whose chat it is answered; null where there is nobody, or the consent was withdrawn.
      messenger_id text check (messenger_id like '_%:_%'),
      resident_id uuid references residents on delete set null,
      account text collate "C",
      -- What an escalation's card says.
      words jsonb not null default '{}',
      state text not null check (state in ('new', 'taken', 'answered', 'closed')),
      opened_at timestamptz not null,
      state_at timestamptz not null,
      -- The oldest word of the resident that nobody has answered.
      waiting_since timestamptz,
      -- Staff were told that it waits for longer than the norm.
      raised_at timestamptz,
      first_answered_at timestamptz,
      closed_at timestamptz,
      reopened integer not null default 0,
      taken_by text check (taken_by like '_%:_%'),
      taken_by_name text,
      rating smallint check (rating between 1 and 5),
      rating_words text,
      rated_at timestamptz,
      -- Where staff talk about it: a topic of the group, or (in a plain group) the card that is replied to.
      thread text unique,
      card text unique,
      -- What the thread is called and whether it is closed, as it was last brought about.
      thread_shows text,
      constraint requests_topic check ((kind = 'request') = (topic is not null)),
      constraint requests_closed check ((state = 'closed') = (closed_at is not null)),
      constraint requests_taken check ((taken_by is null) = (taken_by_name is null)),
      constraint requests_rated check ((rating is null) = (rated_at is null))
    );
    create index requests_messenger on requests (messenger_id, opened_at);
    create index requests_resident on requests (resident_id, opened_at);
    create index requests_open on requests (state, waiting_since) where state <> 'closed';
    create index requests_opened on requests (opened_at);

    create table request_messages (
      id bigint generated always as identity primary key,
      request_id uuid not null references requests on delete cascade,
      -- 'note': of staff for staff.
      side text not null check (side in ('resident', 'staff', 'note')),
      author text not null check (author like '_%:_%'),
      -- Of staff, as residents do not see it.
      author_name text,
      -- Where it was written; a repeat of the same is no second message.
      source text not null unique,
      -- Messages of one album go together.
      album text,
      -- The message of this request that it answers: where that was written.
      replies_to text,
      kind text not null check (kind in ('words', 'photo', 'document', 'video', 'voice', 'audio', 'video-note', 'sticker', 'location', 'contact')),
      words text not null default '',
      file text,
      file_name text,
      -- Where the other side sees it.
      copy text unique,
      at timestamptz not null,
      edited_at timestamptz,
      withdrawn_at timestamptz,
      -- Why the other side never got it.
      undelivered text
    );
    create index request_messages_request on request_messages (request_id, id);
    create index request_messages_album on request_messages (album) where album is not null;

    create table errands (
      id bigint generated always as identity primary key,
      -- Errands of one line are run in their order: 'request/<id>' towards staff, a messenger id towards a resident.
      line text not null,
      -- Whose share of the messenger's limits it takes: 'staff', or a messenger id.
      addressee text not null check (addressee = 'staff' or addressee like '_%:_%'),
      kind text not null check (kind in ('relay', 'edit', 'withdraw', 'refresh', 'say')),
      request_id uuid references requests on delete cascade,
      message_id bigint references request_messages on delete cascade,
      -- Of 'say': the name of a text, its words, its buttons.
      saying jsonb,
      key text unique,
      created_at timestamptz not null,
      not_before timestamptz not null,
      taken_until timestamptz,
      attempts integer not null default 0,
      done_at timestamptz,
      failed_at timestamptz,
      failed_reason text,
      constraint errands_end check ((failed_at is null) = (failed_reason is null) and not (done_at is not null and failed_at is not null)),
      constraint errands_of_message check ((kind in ('relay', 'edit', 'withdraw')) = (message_id is not null)),
      constraint errands_say check ((kind = 'say') = (saying is not null) or done_at is not null or failed_at is not null)
    );
    create index errands_line on errands (line, id) where done_at is null and failed_at is null;
    create index errands_waiting on errands (id) where done_at is null and failed_at is null;
    create index errands_created on errands (created_at);

    -- People to whose requests staff do not want to listen for a while, or at all (until is null).
    create table silenced (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      until timestamptz,
      by text not null,
      at timestamptz not null
    );

    -- What staff did and who saw what. Append-only.
    create table staff_journal (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      -- Who: a messenger id, or 'command line'.
      who text not null check (who <> ''),
      name text,
      -- A verb of the office: 'account-passwords.issue', 'accounts.look-up'…
      what text not null check (what <> ''),
      account text collate "C",
      resident_id uuid,
      request_number bigint,
      -- No secret and no name of a resident.
      details jsonb not null default '{}'
    );
    create index staff_journal_at on staff_journal (at);
    create index staff_journal_account on staff_journal (account, at) where account is not null;
    create index staff_journal_who on staff_journal (who, at);
    create function staff_journal_is_append_only() returns trigger language plpgsql as $$
    begin
      raise exception 'the staff journal is append-only';
    end $$;
    create trigger staff_journal_append_only before update or delete or truncate on staff_journal
      for each statement execute function staff_journal_is_append_only();
  `.execute(db);
}
