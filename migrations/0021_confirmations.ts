import { type Kysely, sql } from 'kysely';

/** Codes, what they prove, passwords between two typings, and the counters of section 2. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table confirmation_codes (
      id uuid primary key default gen_random_uuid(),
      messenger_id text not null,
      purpose text not null check (purpose in ('registration', 'sign-in', 'recovery', 'new-phone')),
      phone text not null check (phone ~ '^[+]79[0-9]{9}$'),
      code_fingerprint text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      tries integer not null default 0 check (tries between 0 and 5),
      delivery text not null check (delivery in ('under-way', 'sent', 'not-meant', 'bad-number', 'trouble')),
      ended_at timestamptz
    );
    -- One live code for a phone, a purpose and a person.
    create unique index confirmation_codes_live on confirmation_codes (phone, purpose, messenger_id) where ended_at is null;
    -- text_pattern_ops: numbers alike but for the last three digits are found by their prefix.
    create index confirmation_codes_phone on confirmation_codes (phone text_pattern_ops, created_at);
    create index confirmation_codes_messenger on confirmation_codes (messenger_id, created_at);
    create index confirmation_codes_created on confirmation_codes (created_at);

    create table phone_proofs (
      id text primary key,
      messenger_id text not null,
      purpose text not null,
      phone text not null,
      proved_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index phone_proofs_expires on phone_proofs (expires_at);

    create table password_proofs (
      id text primary key,
      messenger_id text not null,
      resident_id uuid not null references residents on delete cascade,
      purpose text not null check (purpose in ('sign-in', 'settings')),
      expires_at timestamptz not null
    );
    create index password_proofs_resident on password_proofs (resident_id);
    create index password_proofs_expires on password_proofs (expires_at);

    create table password_drafts (
      id text primary key,
      messenger_id text not null,
      hash text not null,
      judged_for text not null,
      repeated boolean not null default false,
      expires_at timestamptz not null
    );
    create index password_drafts_expires on password_drafts (expires_at);

    create table tallies (
      id bigint generated always as identity primary key,
      kind text not null,
      subject text not null,
      at timestamptz not null
    );
    create index tallies_subject on tallies (kind, subject, at);
    create index tallies_at on tallies (at);

    create table password_tries (
      key text primary key,
      failures integer not null,
      failed_at timestamptz not null,
      locked_until timestamptz
    );
    create index password_tries_failed on password_tries (failed_at);
  `.execute(db);
}
