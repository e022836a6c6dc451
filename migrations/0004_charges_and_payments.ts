import { type Kysely, sql } from 'kysely';

/**
 * What billing charged and was paid, and what residents pay in the bot: an order is what somebody is about to pay, a card payment is money
 * that the messenger says was taken.
 * Sums are whole kopecks. Card payments name accounts without a foreign key: money that was taken is kept whatever becomes of the account.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What one supplier charged an account for one service in one month. Benefit and paid are positive and subtract: opening + charged +
    -- recalculated − benefit + penalty − paid = due, unless billing says otherwise; due_kopecks is its word.
    create table charges (
      account text collate "C" not null,
      period date not null check (extract(day from period) = 1),
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
      import_id bigint,
      primary key (account, period, supplier, service)
    );

    -- A payment that billing has posted, or its reversal. source and operation together are a payment's key, and its reversal may have the
    -- same: that is a row of its own, whatever order they come in and however often.
    create table payments (
      source text collate "C" not null default '',
      operation text collate "C" not null check (operation <> ''),
      account text collate "C" not null references accounts,
      day date not null,
      sum_kopecks bigint not null check (sum_kopecks <> 0),
      entry bigint generated always as identity,
      import_id bigint,
      reversal boolean not null default false,
      constraint payments_reversal_is_negative check (reversal = (sum_kopecks < 0)),
      primary key (source, operation, reversal)
    );
    create index payments_account_day on payments (account, day);
    create index payments_entry on payments (account, entry);
    create index payments_reversals on payments (source, operation) where reversal;

    -- What somebody is about to pay: the invoice's payload is its id.
    create table payment_orders (
      id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
      messenger_id text check (messenger_id like '_%:_%'),
      resident_id uuid references residents on delete set null,
      as_guest boolean not null,
      total_kopecks bigint not null check (total_kopecks > 0),
      created_at timestamptz not null,
      held_by text,
      held_until timestamptz,
      constraint payment_orders_guest check ((not as_guest) or resident_id is null),
      constraint payment_orders_held_whole check ((held_by is null) = (held_until is null))
    );
    create index payment_orders_created on payment_orders (created_at);
    create index payment_orders_messenger on payment_orders (messenger_id);
    create index payment_orders_resident on payment_orders (resident_id);

    -- How much of an order is for which account; they add up to its total.
    create table payment_order_lines (
      order_id text not null references payment_orders on delete cascade,
      place integer not null check (place > 0),
      account text collate "C" not null,
      sum_kopecks bigint not null check (sum_kopecks > 0),
      primary key (order_id, place),
      unique (order_id, account)
    );

    -- Money that the messenger says was taken for us. It is kept whatever becomes of the order, the account or the payer.
    create table card_payments (
      id bigint generated always as identity primary key,
      order_id text not null,
      messenger_id text check (messenger_id like '_%:_%'),
      telegram_charge_id text not null unique check (telegram_charge_id <> ''),
      provider_charge_id text unique check (provider_charge_id <> ''),
      operation text collate "C" not null unique check (operation <> ''),
      currency text not null,
      total_kopecks bigint not null check (total_kopecks > 0),
      not_credited text,
      paid_at timestamptz not null,
      taken_at timestamptz not null,
      refunded_at timestamptz,
      paid_day date not null
    );
    create index card_payments_messenger on card_payments (messenger_id);
    create unique index card_payments_order on card_payments (order_id) where not_credited is null;
    create index card_payments_taken on card_payments (taken_at);

    -- How much of a credited payment is for which account.
    create table card_payment_lines (
      operation text collate "C" primary key,
      payment_id bigint not null references card_payments on delete cascade,
      place integer not null check (place > 0),
      account text collate "C" not null,
      sum_kopecks bigint not null check (sum_kopecks > 0),
      export_number integer,
      posted_at timestamptz,
      trouble text,
      other_account text collate "C",
      settled_at timestamptz,
      unique (payment_id, place)
    );
    create index card_payment_lines_export on card_payment_lines (export_number);
    create index card_payment_lines_to_export on card_payment_lines (payment_id) where export_number is null;
    create index card_payment_lines_under_way on card_payment_lines (account) where posted_at is null;

    -- What a senior is about to credit by hand, or has credited: a row from the command on, whatever becomes of it.
    create table hand_credits (
      id bigint generated always as identity primary key,
      request_id uuid not null references requests on delete cascade,
      payment_id bigint not null references card_payments on delete cascade,
      account text collate "C" not null,
      sum_kopecks bigint not null check (sum_kopecks > 0),
      reason text not null,
      asked_at timestamptz not null,
      state text not null,
      state_at timestamptz not null,
      operation text collate "C",
      notice_key text,
      constraint hand_credits_done_whole check ((state in ('done', 'taken-back')) = (operation is not null))
    );
    create index hand_credits_payment on hand_credits (payment_id);
    create index hand_credits_request on hand_credits (request_id);

    -- A charge's account exists, as a foreign key would have it. A foreign key looks each row up by itself, 9 s for a million rows that take 4;
    -- so the import, which has looked all of them up at once and locked the accounts, says so (registries.accounts_checked, for its transaction)
    -- and is spared. Everybody else is checked.
    create function charges_have_accounts() returns trigger language plpgsql as $$
    begin
      perform from accounts where number = new.account for key share;
      if not found then
        raise foreign_key_violation using message = 'a charge names an account that does not exist', table = 'charges';
      end if;
      return null;
    end $$;

    create constraint trigger charges_have_accounts after insert or update of account on charges
      for each row when (current_setting('registries.accounts_checked', true) is distinct from 'yes') execute function charges_have_accounts();

    create function payments_tell_reversals() returns trigger language plpgsql as $$
    begin
      new.reversal := new.sum_kopecks < 0;
      return new;
    end $$;

    create trigger payments_tell_reversals before insert or update on payments
      for each row when (new.reversal is distinct from (new.sum_kopecks < 0)) execute function payments_tell_reversals();

    -- The other half of that foreign key: an account with charges neither goes nor changes its number.
    create function accounts_keep_charges() returns trigger language plpgsql as $$
    begin
      -- Waits for whoever writes charges now.
      lock table charges in share row exclusive mode;
      if exists (select from charges where charges.account = old.number) then
        raise foreign_key_violation using message = 'an account with charges cannot go', table = 'accounts';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$;

    create trigger accounts_keep_charges_delete before delete on accounts
      for each row execute function accounts_keep_charges();

    create trigger accounts_keep_charges_update before update of number on accounts
      for each row when (old.number <> new.number) execute function accounts_keep_charges();
  `.execute(db);
}
