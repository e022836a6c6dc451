import { type Kysely, sql } from 'kysely';

/**
 * What billing's registries say. Keys compare by bytes (`collate "C"`): they are codes, not words, and a million of them are merged at once.
 * Sums are whole kopecks.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
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
      constraint accounts_closed_on_when_closed check (closed or closed_on is null)
    )
  `.execute(db);

  await sql`
    create table charges (
      account text collate "C" not null,
      period date not null check (date_part('day', period) = 1),
      supplier text collate "C" not null default '',
      service text collate "C" not null check (service <> ''),
      opening_kopecks bigint not null,
      charged_kopecks bigint not null,
      recalculated_kopecks bigint not null default 0,
      grounds text,
      benefit_kopecks bigint not null default 0,
      penalty_kopecks bigint not null default 0,
      paid_kopecks bigint not null default 0,
      due_kopecks bigint not null,
      volume numeric,
      unit text,
      tariff numeric,
      norm numeric,
      primary key (account, period, supplier, service)
    )
  `.execute(db);
  await chargesHaveAccounts(db);

  await sql`
    create table payments (
      source text collate "C" not null default '',
      operation text collate "C" not null check (operation <> ''),
      account text collate "C" not null references accounts,
      day date not null,
      sum_kopecks bigint not null check (sum_kopecks <> 0),
      primary key (source, operation)
    )
  `.execute(db);
  await sql`create index payments_account_day on payments (account, day)`.execute(db);

  await sql`
    create table meters (
      account text collate "C" not null references accounts,
      number text collate "C" not null check (number <> ''),
      scale text collate "C" not null default '',
      service text not null check (service <> ''),
      digits integer check (digits between 1 and 12),
      verification_due date,
      value numeric check (value >= 0),
      value_day date,
      primary key (account, number, scale)
    )
  `.execute(db);

  await sql`
    create table registry_imports (
      id bigint generated always as identity primary key,
      kind text not null check (kind in ('accounts', 'charges', 'payments', 'meters')),
      file_name text not null,
      started_at timestamptz not null,
      finished_at timestamptz not null,
      rows_read integer not null check (rows_read >= 0),
      rows_new integer not null check (rows_new >= 0),
      rows_changed integer not null check (rows_changed >= 0),
      rows_unchanged integer not null check (rows_unchanged >= 0),
      rows_refused integer not null check (rows_refused >= 0),
      data_day date
    )
  `.execute(db);
  await sql`create index registry_imports_kind on registry_imports (kind, data_day)`.execute(db);
}

/**
 * A charge's account exists, as a foreign key would have it. A foreign key looks each row up by itself, 9 s for a million rows that take 4;
 * so the import, which has looked all of them up at once and locked the accounts, says so (`registries.accounts_checked`, for its transaction)
 * and is spared. Everybody else is checked.
 */
async function chargesHaveAccounts(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function charges_have_accounts() returns trigger language plpgsql as $$
    begin
      perform from accounts where number = new.account for key share;
      if not found then
        raise foreign_key_violation using message = 'a charge names an account that does not exist', table = 'charges';
      end if;
      return null;
    end $$
  `.execute(db);
  await sql`
    create constraint trigger charges_have_accounts after insert or update of account on charges
    for each row when (current_setting('registries.accounts_checked', true) is distinct from 'yes')
    execute function charges_have_accounts()
  `.execute(db);
  await sql`
    create function accounts_keep_charges() returns trigger language plpgsql as $$
    begin
      -- Waits for whoever writes charges now.
      lock table charges in share row exclusive mode;
      if exists (select from charges where charges.account = old.number) then
        raise foreign_key_violation using message = 'an account with charges cannot go', table = 'accounts';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$
  `.execute(db);
  await sql`
    create trigger accounts_keep_charges_delete before delete on accounts
    for each row execute function accounts_keep_charges()
  `.execute(db);
  await sql`
    create trigger accounts_keep_charges_update before update of number on accounts
    for each row when (old.number <> new.number) execute function accounts_keep_charges()
  `.execute(db);
}
