import { type Kysely, sql } from 'kysely';

/**
 * Accounts of the billing centre, the links of residents to them, what proves a link, and the counters that keep sums and numbers from
 * being guessed (points 9 and 10).
 * Account numbers compare by bytes (`collate "C"`): they are codes, not words.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- A personal account as billing's newest registry of accounts has it.
    create table accounts (
      number text collate "C" primary key check (number ~ '^[0-9]{5,20}$'),
      owner_name text not null,
      address text not null,
      unified_number text,
      fias text,
      area numeric check (area >= 0),
      residents integer check (residents >= 0),
      closed boolean not null default false,
      closed_on date,
      import_id bigint,
      owner_changed_at timestamptz,
      constraint accounts_closed_on_when_closed check (closed or closed_on is null)
    );

    -- A password to an account that a payment point gave out; the journal of them. Only a keyed fingerprint is kept.
    create table account_passwords (
      id uuid primary key default gen_random_uuid(),
      account text collate "C" not null references accounts,
      fingerprint text not null check (length(fingerprint) = 43),
      issued_at timestamptz not null,
      issued_by text not null check (issued_by <> ''),
      expires_at timestamptz not null,
      failures integer not null default 0 check (failures >= 0 and failures <= 10),
      ended_at timestamptz,
      ended_why text,
      constraint account_passwords_end_whole check ((ended_at is null) = (ended_why is null)),
      constraint account_passwords_times check (expires_at > issued_at),
      unique (id, account)
    );
    create index account_passwords_account on account_passwords (account, issued_at);
    create index account_passwords_account_any on account_passwords (account);
    create unique index account_passwords_live on account_passwords (account) where ended_at is null;

    -- How many wrong tries of one person count to the end of a password.
    create table account_password_guesses (
      password_id uuid not null references account_passwords on delete cascade,
      person text not null check (length(person) = 43),
      failures integer not null check (failures > 0),
      primary key (password_id, person)
    );

    -- An account that a resident has in the cabinet; an ended link stays as a trace.
    create table links (
      id uuid primary key default gen_random_uuid(),
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null references accounts,
      name text check ((char_length(name) >= 1) and (char_length(name) <= 30)),
      way text not null,
      linked_at timestamptz not null,
      ended_at timestamptz,
      ended_why text,
      charges_told date,
      payments_told bigint not null default 0,
      -- The link by which this one was given; it ends with that.
      given_by uuid references links on delete set null,
      constraint links_given_to_relatives check (given_by is null or way = 'relative'),
      constraint links_end_whole check ((ended_at is null) = (ended_why is null))
    );
    create index links_account on links (account) where ended_at is null;
    create index links_account_any on links (account);
    create index links_ended_by_others on links (account)
      where (ended_why in ('by-other-holder', 'by-staff', 'by-giver', 'owner-changed'));
    create index links_given_by on links (given_by) where given_by is not null;
    create unique index links_live on links (resident_id, account) where ended_at is null;
    create index links_resident on links (resident_id);

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

    -- That a resident, in this messenger account, has shown to know an account: for minutes, for one link.
    create table link_proofs (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null,
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null references accounts,
      password_id uuid references account_passwords,
      expires_at timestamptz not null,
      used_at timestamptz,
      foreign key (password_id, account) references account_passwords(id, account)
    );
    create index link_proofs_account on link_proofs (account);
    create index link_proofs_expires on link_proofs (expires_at);
    create index link_proofs_resident on link_proofs (resident_id);

    -- A proof by sums that is under way: a round sum was named, and the month before it is asked about next.
    create table sum_attempts (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null,
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null,
      held boolean not null,
      month date,
      expires_at timestamptz not null
    );
    create index sum_attempts_expires on sum_attempts (expires_at);
    create index sum_attempts_resident on sum_attempts (resident_id);

    -- A wrong sum. What is typed while a limit holds is written alike (so that it takes the same time) and counts for nothing.
    create table sum_failures (
      id bigint generated always as identity primary key,
      account text collate "C" not null check (account ~ '^[0-9]{5,20}$'),
      person text not null,
      evaluated boolean not null,
      at timestamptz not null
    );
    create index sum_failures_account on sum_failures (account, at) where evaluated;
    create index sum_failures_at on sum_failures (at) where evaluated;
    create index sum_failures_person on sum_failures (person, at) where evaluated;

    -- That staff opened the way by sum again: failures of the account before it no longer count, nor (for_ended) that others ended links
    -- before.
    create table sum_reopenings (
      id bigint generated always as identity primary key,
      account text collate "C" not null,
      at timestamptz not null,
      opened_by text not null check (opened_by <> ''),
      for_ended boolean not null default true
    );
    create index sum_reopenings_account on sum_reopenings (account, at);

    -- That somebody else ended a link: by what its resident is known, a row a fingerprint, so that a new login does not undo it.
    create table sum_way_closings (
      link_id uuid not null,
      account text collate "C" not null,
      person text not null check (length(person) = 43),
      why text not null,
      at timestamptz not null,
      primary key (link_id, person)
    );
    create index sum_way_closings_account on sum_way_closings (account, person);
    create index sum_way_closings_at on sum_way_closings (at);

    -- That a person looked an account number up, right or wrong, without having the account in a cabinet of his own.
    create table guest_lookups (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null check (messenger_id like '_%:_%'),
      account text collate "C" not null check (account ~ '^[0-9]{5,20}$'),
      counted_at timestamptz not null,
      seen_at timestamptz not null,
      constraint guest_lookups_times check (seen_at >= counted_at),
      constraint guest_lookups_once unique (messenger_id, account)
    );
    create index guest_lookups_counted on guest_lookups (counted_at);
    create index guest_lookups_person on guest_lookups (messenger_id, counted_at);
    create index guest_lookups_seen on guest_lookups (seen_at);
  `.execute(db);
}
