import { type Kysely, sql } from 'kysely';

/**
 * A payment and its reversal under one number are two rows: the key of a registry's payments says which of the two it is. What was paid in
 * the bot ends being under way also by a senior's word; what staff credit by hand is asked about first, and can be taken back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table payments add column reversal boolean not null default false;
    update payments set reversal = true where sum_kopecks < 0;
    alter table payments drop constraint payments_pkey, add primary key (source, operation, reversal);
    alter table payments add constraint payments_reversal_is_negative check (reversal = (sum_kopecks < 0));
    -- They are few, and each new payment is held against them.
    create index payments_reversals on payments (source, operation) where reversal;
    -- Nobody needs to say it: the sum does.
    create function payments_tell_reversals() returns trigger language plpgsql as $$
    begin
      new.reversal := new.sum_kopecks < 0;
      return new;
    end $$;
    create trigger payments_tell_reversals before insert or update on payments
      for each row when (new.reversal is distinct from (new.sum_kopecks < 0)) execute function payments_tell_reversals();

    alter table card_payment_lines
      -- The account on which a registry has it instead, since the last look.
      add column other_account text collate "C",
      -- When a senior said that billing has it in another way: it is under way no longer, and does not go out.
      add column settled_at timestamptz;
    update card_payment_lines as l set other_account = (
      select x.account from payments as x
      where x.source = 'Telegram' and x.operation = l.operation and x.account <> l.account limit 1
    ) where l.posted_at is null;

    -- What a senior is about to credit, or has credited, by hand.
    create table hand_credits (
      id bigint generated always as identity primary key,
      request_id uuid not null references requests on delete cascade,
      payment_id bigint not null references card_payments on delete cascade,
      account text collate "C" not null,
      sum_kopecks bigint not null check (sum_kopecks > 0),
      reason text not null,
      asked_at timestamptz not null,
      state text not null check (state in ('asked', 'dropped', 'done', 'taken-back')),
      state_at timestamptz not null,
      -- Its line, and the key of what the payer is told, once it is done.
      operation text collate "C",
      notice_key text,
      constraint hand_credits_done_whole check ((state in ('done', 'taken-back')) = (operation is not null))
    );
    create index hand_credits_request on hand_credits (request_id);
    create index hand_credits_payment on hand_credits (payment_id);
  `.execute(db);
}
