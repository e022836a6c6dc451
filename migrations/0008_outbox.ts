import { type Kysely, sql } from 'kysely';

/**
 * What must reach somebody, or be done in the messenger, later or surely: in the words of a job queue `run_at`, `locked_until`,
 * `attempts`, `last_error`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Messages that must reach somebody; addressee is 'staff' or a messenger id. One that is neither sent nor failed waits.
    create table notices (
      id bigint generated always as identity primary key,
      addressee text not null check (addressee = 'staff' or addressee like '_%:_%'),
      text text not null,
      words jsonb not null,
      doors jsonb not null,
      key text unique,
      created_at timestamptz not null,
      run_at timestamptz not null,
      locked_until timestamptz,
      attempts integer not null default 0,
      sent_at timestamptz,
      failed_at timestamptz,
      last_error text,
      daytime boolean not null default false,
      news text,
      resident_id uuid references residents on delete cascade,
      account text collate "C",
      announcement_id uuid references announcements on delete set null,
      paper jsonb,
      signed_out jsonb,
      constraint notices_end check (((failed_at is null) = (last_error is null)) and (not ((sent_at is not null) and (failed_at is not null)))),
      constraint notices_news check ((news is null or resident_id is not null) and (account is null or resident_id is not null)),
      constraint notices_signed_out check (signed_out is null or resident_id is not null),
      constraint notices_wiped check ((sent_at is null and failed_at is null) or words = '{}')
    );
    create index notices_announcement on notices (announcement_id) where announcement_id is not null;
    create index notices_created_at on notices (created_at);
    create index notices_line on notices (id) where (sent_at is null and failed_at is null);
    create index notices_resident on notices (resident_id) where resident_id is not null;
    create index notices_waiting on notices (addressee, id) where (sent_at is null and failed_at is null);

    -- Something to be done in the messenger later and surely, in the order of its line; a worker does it.
    create table deliveries (
      id bigint generated always as identity primary key,
      line text not null,
      addressee text not null check (addressee = 'staff' or addressee like '_%:_%'),
      kind text not null,
      request_id uuid references requests on delete cascade,
      message_id bigint references request_messages on delete cascade,
      saying jsonb,
      key text unique,
      created_at timestamptz not null,
      run_at timestamptz not null,
      locked_until timestamptz,
      attempts integer not null default 0,
      done_at timestamptz,
      failed_at timestamptz,
      last_error text,
      progress jsonb not null default '{}',
      whose text,
      constraint deliveries_end check (((failed_at is null) = (last_error is null)) and (not ((done_at is not null) and (failed_at is not null)))),
      constraint deliveries_of_message check ((kind in ('relay', 'edit', 'withdraw')) = (message_id is not null)),
      constraint deliveries_say check (((kind = 'say') = (saying is not null)) or (done_at is not null) or (failed_at is not null))
    );
    create index deliveries_created on deliveries (created_at);
    create index deliveries_edits on deliveries (message_id) where (kind = 'edit' and done_at is null and failed_at is null);
    create index deliveries_line on deliveries (line, id) where (done_at is null and failed_at is null);
    create index deliveries_turns on deliveries (whose, done_at) where (whose is not null and done_at is not null);
    create index deliveries_waiting on deliveries (id) where (done_at is null and failed_at is null);

    -- A message of ours that is taken out of its chat at a time, surely; message is its chat and number: telegram:701/55.
    create table scheduled_deletions (
      id bigint generated always as identity primary key,
      message text not null unique check (message like '_%:_%/_%'),
      key text not null unique,
      addressee text not null check (addressee like '_%:_%'),
      created_at timestamptz not null,
      run_at timestamptz not null,
      locked_until timestamptz,
      attempts integer not null default 0,
      done_at timestamptz,
      failed_at timestamptz,
      last_error text,
      constraint scheduled_deletions_end check (((failed_at is null) = (last_error is null)) and (not ((done_at is not null) and (failed_at is not null))))
    );
    create index scheduled_deletions_created on scheduled_deletions (created_at);
    create index scheduled_deletions_waiting on scheduled_deletions (run_at) where (done_at is null and failed_at is null);

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
