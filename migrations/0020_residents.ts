import { type Kysely, sql } from 'kysely';

/** Residents, the Telegram accounts they are signed in with, and their consents. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table residents (
      id uuid primary key default gen_random_uuid(),
      login text not null check (login ~ '^[A-Za-z0-9_-]{3,32}$'),
      phone text unique check (phone ~ '^[+]79[0-9]{9}$'),
      password_hash text not null,
      registered_at timestamptz not null
    );
    create unique index residents_login on residents (lower(login));

    create table sessions (
      id uuid primary key default gen_random_uuid(),
      resident_id uuid not null references residents on delete cascade,
      messenger_id text not null,
      opened_at timestamptz not null,
      seen_at timestamptz not null,
      ended_at timestamptz
    );
    create unique index sessions_open on sessions (messenger_id) where ended_at is null;
    create index sessions_resident on sessions (resident_id);

    create table confirmed_messengers (
      resident_id uuid not null references residents on delete cascade,
      messenger_id text not null,
      confirmed_at timestamptz not null,
      primary key (resident_id, messenger_id)
    );

    create table consents (
      id uuid primary key default gen_random_uuid(),
      resident_id uuid references residents on delete set null,
      messenger_id text not null,
      version text not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      given_at timestamptz not null,
      withdrawn_at timestamptz
    );
    create index consents_messenger on consents (messenger_id, given_at);
    create index consents_resident on consents (resident_id);
  `.execute(db);
}
