import { type Kysely, sql } from 'kysely';

/** Account passwords that the desk gives out in the chat, messages that are taken out of a chat later, and what look-ups ask for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account_passwords drop constraint account_passwords_ended_why_check;
    alter table account_passwords add constraint account_passwords_ended_why_check
      check (ended_why in ('used', 'replaced', 'failures', 'owner-changed', 'not-handed'));
    create index account_passwords_account on account_passwords (account, issued_at);

    -- Messages of ours that are taken out of their chat at a time, surely.
    create table erasures (
      id bigint generated always as identity primary key,
      -- By its chat and number: 'telegram:701/55'.
      message text not null unique check (message like '_%:_%/_%'),
      -- What it was about; the same is put in line once.
      key text not null unique,
      -- Whose share of the messenger's limits it takes.
      addressee text not null check (addressee like '_%:_%'),
      created_at timestamptz not null,
      not_before timestamptz not null,
      taken_until timestamptz,
      attempts integer not null default 0,
      done_at timestamptz,
      failed_at timestamptz,
      failed_reason text,
      constraint erasures_end check ((failed_at is null) = (failed_reason is null) and not (done_at is not null and failed_at is not null))
    );
    create index erasures_waiting on erasures (not_before) where done_at is null and failed_at is null;
    create index erasures_created on erasures (created_at);

    create index requests_account on requests (account, opened_at) where account is not null;
  `.execute(db);
}
