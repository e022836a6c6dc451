import { type Kysely, sql } from 'kysely';

/**
 * Residents: who has a login, in which messenger accounts they are signed in, what they consented to, and the codes and proofs that let
 * them in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Who has a login. A phone that somebody else took over is gone from here until a new one is confirmed.
    create table residents (
      id uuid primary key default gen_random_uuid(),
      login text not null check (login ~ '^[A-Za-z0-9_-]{3,32}$'),
      phone text unique check (phone ~ '^[+]79[0-9]{9}$'),
      password_hash text not null,
      registered_at timestamptz not null,
      constraint residents_phone_as_login check (login !~ '^89[0-9]{9}$' or (not (phone is distinct from ('+7' || substr(login, 2)))))
    );
    create unique index residents_login on residents (lower(login));

    -- A Telegram account that is, or was, signed in.
    create table sessions (
      id uuid primary key default gen_random_uuid(),
      resident_id uuid not null references residents on delete cascade,
      messenger_id text not null check (messenger_id like '_%:_%'),
      opened_at timestamptz not null,
      seen_at timestamptz not null,
      ended_at timestamptz
    );
    create unique index sessions_open on sessions (messenger_id) where ended_at is null;
    create index sessions_resident on sessions (resident_id);

    -- A Telegram account that once proved the phone of this login: it signs in by the password alone.
    create table confirmed_messengers (
      resident_id uuid not null references residents on delete cascade,
      messenger_id text not null check (messenger_id like '_%:_%'),
      confirmed_at timestamptz not null,
      primary key (resident_id, messenger_id)
    );

    -- That somebody agreed to the processing of personal data, and to which text: kept even after it was withdrawn.
    create table consents (
      id uuid primary key default gen_random_uuid(),
      resident_id uuid references residents on delete set null,
      messenger_id text not null,
      version text not null,
      sha256 text not null,
      given_at timestamptz not null,
      withdrawn_at timestamptz,
      constraint consents_sha256_check check (sha256 ~ '^[0-9a-f]{64}$')
    );
    create index consents_messenger on consents (messenger_id, given_at);
    create index consents_resident on consents (resident_id);

    -- A code that was, or seemed to be, sent to a phone: the rows of the last day are also the counters of SMS.
    create table confirmation_codes (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null,
      purpose text not null,
      phone text not null check (phone ~ '^[+]79[0-9]{9}$'),
      code_fingerprint text not null check (length(code_fingerprint) = 43),
      created_at timestamptz not null,
      expires_at timestamptz not null,
      tries integer not null default 0 check (tries >= 0 and tries <= 5),
      delivery text not null,
      ended_at timestamptz,
      undelivered_by text[],
      constraint confirmation_codes_times check (expires_at > created_at)
    );
    create index confirmation_codes_created on confirmation_codes (created_at);
    create unique index confirmation_codes_live on confirmation_codes (phone, purpose, messenger_id) where ended_at is null;
    create index confirmation_codes_messenger on confirmation_codes (messenger_id, created_at);
    create index confirmation_codes_phone on confirmation_codes (phone text_pattern_ops, created_at);

    -- That the owner of a messenger account holds a phone: used once, within half an hour.
    create table phone_proofs (
      id text primary key,
      messenger_id text not null,
      purpose text not null,
      phone text not null check (phone ~ '^[+]79[0-9]{9}$'),
      proved_at timestamptz not null,
      expires_at timestamptz not null,
      constraint phone_proofs_times check (expires_at > proved_at)
    );
    create index phone_proofs_expires on phone_proofs (expires_at);

    -- A new password between its two typings and the SMS code, as a hash: a dialog carries the id alone.
    create table password_drafts (
      id text primary key,
      messenger_id text not null,
      hash text not null,
      judged_for text not null,
      repeated boolean not null default false,
      expires_at timestamptz not null
    );
    create index password_drafts_expires on password_drafts (expires_at);

    -- That the owner of a messenger account knew the password of a login.
    create table password_proofs (
      id text primary key,
      messenger_id text not null,
      resident_id uuid not null references residents on delete cascade,
      purpose text not null,
      expires_at timestamptz not null
    );
    create index password_proofs_expires on password_proofs (expires_at);
    create index password_proofs_resident on password_proofs (resident_id);

    -- How often a password was tried in vain by one kind of person; see office/password-tries.ts.
    create table password_tries (
      key text primary key,
      failures integer not null check (failures > 0),
      failed_at timestamptz not null,
      locked_until timestamptz
    );
    create index password_tries_failed on password_tries (failed_at);

    -- Things that are counted over a time to keep a limit: one row each.
    create table rate_limit_hits (
      id bigint generated always as identity primary key,
      kind text not null,
      subject text not null,
      at timestamptz not null
    );
    create index rate_limit_hits_at on rate_limit_hits (at);
    create index rate_limit_hits_subject on rate_limit_hits (kind, subject, at);
  `.execute(db);
}
