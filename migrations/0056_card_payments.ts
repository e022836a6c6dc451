import { type Kysely, sql } from 'kysely';

/**
 * What residents pay in the bot: an order is what somebody is about to pay, a card payment is money that the messenger says was taken.
 * Accounts here are text without a foreign key: money that was taken is kept whatever becomes of the account.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table payment_orders (
      -- The payload of the invoice.
      id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
      -- Null once the consent was withdrawn: nobody can pay it any more, and a payment under way still finds its accounts.
      messenger_id text check (messenger_id like '_%:_%'),
      -- Null for a guest's.
      resident_id uuid references residents on delete set null,
      as_guest boolean not null,
      total_kopecks bigint not null check (total_kopecks > 0),
      created_at timestamptz not null,
      -- The checkout that was let through last, and until when others must wait for it.
      held_by text,
      held_until timestamptz,
      constraint payment_orders_held_whole check ((held_by is null) = (held_until is null)),
      constraint payment_orders_guest check (not as_guest or resident_id is null)
    );
    create index payment_orders_created on payment_orders (created_at);
    create index payment_orders_messenger on payment_orders (messenger_id);
    create index payment_orders_resident on payment_orders (resident_id);

    create table payment_order_lines (
      order_id text not null references payment_orders on delete cascade,
      place integer not null check (place > 0),
      account text collate "C" not null,
      sum_kopecks bigint not null check (sum_kopecks > 0),
      primary key (order_id, place),
      unique (order_id, account)
    );

    create table card_payments (
      id bigint generated always as identity primary key,
      -- The payload as it came; there need not be such an order.
      order_id text not null,
      -- Who paid; null once the consent was withdrawn.
      messenger_id text check (messenger_id like '_%:_%'),
      telegram_charge_id text not null unique check (telegram_charge_id <> ''),
      provider_charge_id text unique check (provider_charge_id <> ''),
      -- The number under which it goes out and comes back in billing's registry.
      operation text collate "C" not null unique check (operation <> ''),
      currency text not null,
      total_kopecks bigint not null check (total_kopecks > 0),
      -- Null: the money is for the accounts of its lines.
      not_credited text check (not_credited in ('order-gone', 'paid-twice', 'sum-differs', 'account-gone')),
      paid_at timestamptz not null,
      taken_at timestamptz not null,
      refunded_at timestamptz
    );
    create unique index card_payments_order on card_payments (order_id) where not_credited is null;
    create index card_payments_messenger on card_payments (messenger_id);

    create table card_payment_lines (
      -- The payment's operation, with its place where there are several.
      operation text collate "C" primary key,
      payment_id bigint not null references card_payments on delete cascade,
      place integer not null check (place > 0),
      account text collate "C" not null,
      sum_kopecks bigint not null check (sum_kopecks > 0),
      -- The export that it went out with.
      export_number integer,
      -- When a registry of payments brought it; by then it is no longer under way.
      posted_at timestamptz,
      -- What staff were told of it last: each trouble once.
      trouble text check (trouble in ('sum-differs', 'other-account', 'reversed', 'late')),
      unique (payment_id, place)
    );
    create index card_payment_lines_under_way on card_payment_lines (account) where posted_at is null;
    create index card_payment_lines_to_export on card_payment_lines (payment_id) where export_number is null;
    create index card_payment_lines_export on card_payment_lines (export_number);
  `.execute(db);
}
