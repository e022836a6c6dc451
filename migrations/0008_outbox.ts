import { type Kysely, sql } from 'kysely';

/**
 * What must reach somebody, or be done in the messenger, later or surely: in the words of a job queue `run_at`, `locked_until`,
 * `attempts`, `last_error`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What must reach somebody, or be done in the messenger, later and surely, in the order of its line: notices, what residents and staff
    -- write to each other, messages that are to be deleted. One that is neither done nor failed waits.
    create table outbox (
      id bigint generated always as identity primary key,
      kind text not null,
      line text not null,
      addressee text not null check (addressee = 'staff' or addressee like '_%:_%'),
      owner text,
      key text,
      text text not null default '',
      words jsonb not null default '{}',
      doors jsonb not null default '[]',
      paper jsonb,
      signed_out jsonb,
      news text,
      resident_id uuid references residents on delete cascade,
      account text collate "C",
      announcement_id uuid references announcements on delete set null,
      request_id uuid references requests on delete cascade,
      message_id bigint references request_messages on delete cascade,
      message text check (message like '_%:_%/_%'),
      progress jsonb not null default '{}',
      daytime boolean not null default false,
      created_at timestamptz not null,
      run_at timestamptz not null,
      locked_until timestamptz,
      attempts integer not null default 0,
      done_at timestamptz,
      failed_at timestamptz,
      last_error text,
      constraint outbox_key unique (kind, key),
      constraint outbox_end check (((failed_at is null) = (last_error is null)) and (not ((done_at is not null) and (failed_at is not null)))),
      constraint outbox_wiped check ((done_at is null and failed_at is null) or (words = '{}' and doors = '[]' and paper is null)),
      constraint outbox_says check ((kind in ('notice', 'say')) = (text <> '')),
      constraint outbox_of_message check ((kind in ('relay', 'edit', 'withdraw')) = (message_id is not null)),
      constraint outbox_deletion check ((kind = 'deletion') = (message is not null)),
      constraint outbox_told check (resident_id is not null or (news is null and account is null and signed_out is null))
    );
    create index outbox_line on outbox (line, id) where (done_at is null and failed_at is null);
    create index outbox_people on outbox ((kind = 'notice'), id) where (done_at is null and failed_at is null and addressee <> 'staff');
    create index outbox_staff on outbox (id) where (done_at is null and failed_at is null and addressee = 'staff');
    create index outbox_turns on outbox (owner, done_at) where (owner is not null and done_at is not null);
    create index outbox_created on outbox (created_at);
    create index outbox_announcement on outbox (announcement_id) where announcement_id is not null;
    create index outbox_resident on outbox (resident_id) where resident_id is not null;
    create index outbox_request on outbox (request_id) where request_id is not null;
    create index outbox_message on outbox (message_id) where message_id is not null;
    create trigger outbox_work after insert or update of run_at on outbox
      for each statement execute function work_came();

    -- People to whom the messenger no longer lets us write.
    create table unreachable (
      messenger_id text primary key,
      since timestamptz not null
    );

    -- When the staff group was sent how many messages, for the minute in which it counts.
    create table group_sends (
      at timestamptz not null,
      messages smallint not null check (messages > 0)
    );
    create index group_sends_at on group_sends (at);

    -- What the bot told a person last, in plain words; no secret may be among them.
    create table last_told (
      messenger_id text primary key check (messenger_id like '_%:_%'),
      words text not null,
      at timestamptz not null
    );
    create index last_told_at on last_told (at);

    -- A drawn paper that the messenger has: its handle there, under a digest of all that the paper shows and of how it is drawn.
    create table sent_papers (
      key text collate "C" primary key,
      send text not null,
      file text not null check (file <> ''),
      kept_at timestamptz not null
    );
    create index sent_papers_kept_at on sent_papers (kept_at);
  `.execute(db);
}
