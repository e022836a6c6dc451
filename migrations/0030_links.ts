import { type Kysely, sql } from 'kysely';

/** Links of residents to accounts, what proves them, and the counters that keep sums from being guessed (points 9 and 10). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table links (
      id uuid primary key default gen_random_uuid(),
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null references accounts,
      name text check (char_length(name) between 1 and 30),
      way text not null check (way in ('sum', 'password')),
      linked_at timestamptz not null,
      ended_at timestamptz,
      ended_why text check (ended_why in ('unlinked', 'by-other-holder', 'owner-changed')),
      constraint links_end_whole check ((ended_at is null) = (ended_why is null))
    );
    create unique index links_live on links (resident_id, account) where ended_at is null;
    -- Also for ended ones: a resident who goes takes them along.
    create index links_resident on links (resident_id);
    create index links_account on links (account) where ended_at is null;

    create table account_passwords (
      id uuid primary key default gen_random_uuid(),
      account text collate "C" not null references accounts,
      fingerprint text not null,
      issued_at timestamptz not null,
      issued_by text not null check (issued_by <> ''),
      expires_at timestamptz not null,
      failures integer not null default 0 check (failures between 0 and 10),
      ended_at timestamptz,
      ended_why text check (ended_why in ('used', 'replaced', 'failures', 'owner-changed')),
      constraint account_passwords_end_whole check ((ended_at is null) = (ended_why is null))
    );
    create unique index account_passwords_live on account_passwords (account) where ended_at is null;

    create table link_proofs (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null,
      resident_id uuid not null references residents on delete cascade,
      account text collate "C" not null references accounts,
      password_id uuid references account_passwords,
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index link_proofs_resident on link_proofs (resident_id);
    create index link_proofs_account on link_proofs (account);
    create index link_proofs_expires on link_proofs (expires_at);

    create table sum_attempts (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null,
      resident_id uuid not null references residents on delete cascade,
      -- As it was typed; there need not be such an account.
      account text collate "C" not null,
      held boolean not null,
      month date,
      expires_at timestamptz not null
    );
    create index sum_attempts_resident on sum_attempts (resident_id);
    create index sum_attempts_expires on sum_attempts (expires_at);

    create table sum_failures (
      id bigint generated always as identity primary key,
      account text collate "C" not null,
      -- A resident's id, also of one who has gone: what was guessed still counts.
      person text not null,
      evaluated boolean not null,
      at timestamptz not null
    );
    create index sum_failures_account on sum_failures (account, at) where evaluated;
    create index sum_failures_person on sum_failures (person, at) where evaluated;
    create index sum_failures_at on sum_failures (at) where evaluated;

    create table sum_reopenings (
      id bigint generated always as identity primary key,
      account text collate "C" not null,
      at timestamptz not null,
      opened_by text not null check (opened_by <> '')
    );
    create index sum_reopenings_account on sum_reopenings (account, at);
  `.execute(db);
}
