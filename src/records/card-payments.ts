import { type ColumnType, type GeneratedAlways, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Money that the messenger says was taken for us. It is kept whatever becomes of the order, the account or the payer. */
export type CardPaymentsTable = {
  id: GeneratedAlways<number>;
  /** The payload as it came; there need not be such an order. */
  order_id: string;
  /** Null once the consent was withdrawn. */
  messenger_id: string | null;
  telegram_charge_id: ColumnType<string, string, never>;
  provider_charge_id: ColumnType<string | null, string | null, never>;
  /** The number under which it goes out and comes back in billing's registry. */
  operation: ColumnType<string, string, never>;
  currency: ColumnType<string, string, never>;
  total_kopecks: ColumnType<number, number, never>;
  /** Null: the money is for the accounts of its lines. */
  not_credited: NotCredited | null;
  paid_at: ColumnType<Date, Date, never>;
  /** `YYYY-MM-DD` in the centre's time zone. */
  paid_day: ColumnType<string, string, never>;
  taken_at: ColumnType<Date, Date, never>;
  refunded_at: ColumnType<Date | null, never, Date>;
};

/** Why money that was taken is for no account: staff decide. */
export type NotCredited = 'order-gone' | 'paid-twice' | 'sum-differs' | 'account-gone';

/** How much of a credited payment is for which account. */
export type CardPaymentLinesTable = {
  /** The payment's operation; `-1`, `-2` after it where there are several lines. */
  operation: string;
  payment_id: number;
  /** 1, 2, … */
  place: number;
  account: string;
  sum_kopecks: number;
  /** The export that it went out with. */
  export_number: ColumnType<number | null, never, number>;
  /** When a registry of payments brought it. */
  posted_at: ColumnType<Date | null, never, Date>;
  /** What staff were told of it last. */
  trouble: ColumnType<PaymentLineFault | null, never, PaymentLineFault>;
  /** The account on which a registry has it instead, since the last look. */
  other_account: ColumnType<string | null, never, string | null>;
  /** When a senior said that billing has it in another way. */
  settled_at: ColumnType<Date | null, never, Date>;
};

export type PaymentLineFault = 'sum-differs' | 'other-account' | 'reversed' | 'late';

type NewPayment = {
  order_id: string;
  messenger_id: string | null;
  telegram_charge_id: string;
  provider_charge_id: string | null;
  operation: string;
  currency: string;
  total_kopecks: number;
  not_credited: NotCredited | null;
  paid_at: Date;
  paid_day: string;
  taken_at: Date;
};

/** Writes a payment down; undefined when it is there already by any of its numbers. */
export async function insertCardPayment(
  trx: Trx,
  payment: NewPayment,
  lines: readonly { operation: string; account: string; sum_kopecks: number }[],
): Promise<number | undefined> {
  const added = await trx
    .insertInto('card_payments')
    .values(payment)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added || lines.length === 0) return added?.id;
  await trx
    .insertInto('card_payment_lines')
    .values(lines.map((line, i) => ({ ...line, payment_id: added.id, place: i + 1 })))
    .execute();
  return added.id;
}

/** A payment by the messenger's number or the provider's. */
export async function findCardPayment(
  db: Db,
  telegramChargeId: string,
  providerChargeId: string | null,
): Promise<{ id: number; operation: string; total_kopecks: number; not_credited: NotCredited | null } | undefined> {
  return db
    .selectFrom('card_payments')
    .select(['id', 'operation', 'total_kopecks', 'not_credited'])
    .where((e) => e.or([e('telegram_charge_id', '=', telegramChargeId), e('provider_charge_id', '=', providerChargeId ?? '')]))
    .executeTakeFirst();
}

export type KeptPayment = {
  id: number;
  operation: string;
  currency: string;
  total_kopecks: number;
  not_credited: NotCredited | null;
  messenger_id: string | null;
  refunded_at: Date | null;
};

/** A payment by its own number; nobody else gives it to an account, or back, until the transaction ends. */
export async function lockCardPayment(trx: Trx, operation: string): Promise<KeptPayment | undefined> {
  return trx
    .selectFrom('card_payments')
    .select(['id', 'operation', 'currency', 'total_kopecks', 'not_credited', 'messenger_id', 'refunded_at'])
    .where('operation', '=', operation)
    .forUpdate()
    .executeTakeFirst();
}

/** Takes a line away as if it had never been; only what nobody outside has seen may go so. */
export async function deleteCardPaymentLine(trx: Trx, operation: string): Promise<void> {
  await trx.deleteFrom('card_payment_lines').where('operation', '=', operation).execute();
}

/** One more line of a payment. */
export async function insertCardPaymentLine(
  trx: Trx,
  line: { operation: string; payment_id: number; place: number; account: string; sum_kopecks: number },
): Promise<void> {
  await trx.insertInto('card_payment_lines').values(line).execute();
}

/** Whether money for this order was credited. */
export async function isOrderPaid(db: Db, orderId: string): Promise<boolean> {
  const paid = await db
    .selectFrom('card_payments')
    .select('id')
    .where('order_id', '=', orderId)
    .where('not_credited', 'is', null)
    .executeTakeFirst();
  return paid !== undefined;
}

/**
 * Payments of a sum that were credited since a moment and not given back, by anybody or (`messengerId`) by one person; their ids.
 */
export async function listPaidSince(
  db: Db,
  { totalKopecks, since, messengerId }: { totalKopecks: number; since: Date; messengerId: string | undefined },
): Promise<number[]> {
  let paid = db
    .selectFrom('card_payments')
    .select('id')
    .where('taken_at', '>=', since)
    .where('total_kopecks', '=', totalKopecks)
    .where('not_credited', 'is', null)
    .where('refunded_at', 'is', null);
  if (messengerId !== undefined) paid = paid.where('messenger_id', '=', messengerId);
  return (await paid.execute()).map(({ id }) => id);
}

/** The lines of a payment, in their order. */
export async function listCardPaymentLines(
  db: Db,
  paymentId: number,
): Promise<
  {
    operation: string;
    place: number;
    account: string;
    sum_kopecks: number;
    export_number: number | null;
    posted_at: Date | null;
  }[]
> {
  return db
    .selectFrom('card_payment_lines')
    .select(['operation', 'place', 'account', 'sum_kopecks', 'export_number', 'posted_at'])
    .where('payment_id', '=', paymentId)
    .orderBy('place')
    .execute();
}

/**
 * What was paid in the bot for accounts and has come to no end: in no registry under that account, not given back, not settled by a senior;
 * from the newest. `other_account`: a registry has it there.
 */
export async function listOpenLines(
  db: Db,
  accounts: readonly string[],
): Promise<{ account: string; operation: string; sum_kopecks: number; paid_at: Date; other_account: string | null }[]> {
  if (accounts.length === 0) return [];
  return db
    .selectFrom('card_payment_lines')
    .innerJoin('card_payments', 'card_payments.id', 'card_payment_lines.payment_id')
    .where('posted_at', 'is', null)
    .where('settled_at', 'is', null)
    .where('refunded_at', 'is', null)
    .where((e) => e('account', '=', e.fn.any(e.val([...accounts]))))
    .select(['account', 'card_payment_lines.operation', 'sum_kopecks', 'paid_at', 'other_account'])
    .orderBy('paid_at', 'desc')
    .orderBy('card_payment_lines.operation')
    .execute();
}

/** Notes that the whole of a payment was given back; false when it was noted before. */
export async function markRefunded(trx: Trx, id: number, now: Date): Promise<boolean> {
  const [done] = await trx
    .updateTable('card_payments')
    .set({ refunded_at: now })
    .where('id', '=', id)
    .where('refunded_at', 'is', null)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/**
 * Takes a person out of the payments; the payments stay: the law wants them. His are also those of his orders, from whichever messenger
 * account he paid: it need not be his any more.
 */
export async function updatePayersGone(trx: Trx, residentId: string, messengerIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('card_payments')
    .set({ messenger_id: null })
    .where((e) =>
      e.or([
        e('messenger_id', 'in', [...messengerIds, '']),
        e('order_id', 'in', e.selectFrom('payment_orders').where('resident_id', '=', residentId).select('payment_orders.id')),
      ]),
    )
    .execute();
}

/** Whether none of these numbers is a payment's or a line's. */
export async function areOperationsFree(db: Db, operations: readonly string[]): Promise<boolean> {
  const taken = await db
    .selectFrom('card_payments')
    .select('operation')
    .where('operation', 'in', operations)
    .unionAll(db.selectFrom('card_payment_lines').select('operation').where('operation', 'in', operations))
    .executeTakeFirst();
  return taken === undefined;
}

/** A line beside what billing's registries of payments have under its number. */
export type LineToMatch = {
  operation: string;
  account: string;
  sum_kopecks: number;
  posted_at: Date | null;
  settled_at: Date | null;
  trouble: PaymentLineFault | null;
  /** What `other_account` was at the last look. */
  known_elsewhere: string | null;
  paid_at: Date;
  messenger_id: string | null;
  /** Null where the order has gone. */
  as_guest: boolean | null;
  /** The sum for this account, less reversals; null: no registry has it. */
  found_kopecks: number | null;
  /** The account for which a registry has it instead. */
  other_account: string | null;
};

/**
 * What is under way, and what was posted `postedSince`, from the oldest; locked. Under another account only what came from `source` is
 * ours: numbers of other sources may be alike.
 */
export async function lockLinesToMatch(
  trx: Trx,
  { source, postedSince, accounts }: { source: string; postedSince: Date; accounts: readonly string[] | undefined },
): Promise<LineToMatch[]> {
  let lines = trx
    .selectFrom('card_payment_lines as l')
    .innerJoin('card_payments as p', 'p.id', 'l.payment_id')
    .leftJoin('payment_orders as o', 'o.id', 'p.order_id')
    .where('p.refunded_at', 'is', null)
    .where((e) => e.or([e('l.posted_at', 'is', null), e('l.posted_at', '>', postedSince)]))
    .select([
      'l.operation',
      'l.account',
      'l.sum_kopecks',
      'l.posted_at',
      'l.settled_at',
      'l.trouble',
      'l.other_account as known_elsewhere',
      'p.paid_at',
      'p.messenger_id',
      'o.as_guest',
    ])
    .select((e) => [
      e
        .selectFrom('payments as r')
        .whereRef('r.account', '=', 'l.account')
        .whereRef('r.operation', '=', 'l.operation')
        .select(sql<number | null>`sum(r.sum_kopecks)::bigint`.as('sum'))
        .as('found_kopecks'),
      e
        .selectFrom('payments as x')
        .where('x.source', '=', source)
        .whereRef('x.operation', '=', 'l.operation')
        .whereRef('x.account', '!=', 'l.account')
        // What was reversed there is there no longer.
        .groupBy('x.account')
        .having(sql<boolean>`sum(x.sum_kopecks) > 0`)
        .select('x.account')
        .limit(1)
        .as('other_account'),
    ])
    // In the order in which an export takes them: neither waits for the other in a circle.
    .orderBy('p.id')
    .orderBy('l.place')
    .forUpdate('l');
  if (accounts) lines = lines.where('l.account', 'in', accounts);
  return lines.execute();
}

export async function markPosted(trx: Trx, operations: readonly string[], now: Date): Promise<void> {
  if (operations.length === 0) return;
  await trx
    .updateTable('card_payment_lines')
    .set({ posted_at: now })
    .where((e) => e('operation', '=', e.fn.any(e.val([...operations]))))
    .execute();
}

/** Where a registry has a line instead; null: nowhere else. */
export async function markElsewhere(trx: Trx, operation: string, account: string | null): Promise<void> {
  await trx.updateTable('card_payment_lines').set({ other_account: account }).where('operation', '=', operation).execute();
}

/** A payment by its own number. */
export async function findCardPaymentByOperation(db: Db, operation: string): Promise<{ id: number } | undefined> {
  return db.selectFrom('card_payments').select('id').where('operation', '=', operation).executeTakeFirst();
}

/** How far a line has come. */
export async function findCardPaymentLine(
  db: Db,
  operation: string,
): Promise<{ posted_at: Date | null; settled_at: Date | null; refunded_at: Date | null } | undefined> {
  return db
    .selectFrom('card_payment_lines')
    .innerJoin('card_payments', 'card_payments.id', 'card_payment_lines.payment_id')
    .where('card_payment_lines.operation', '=', operation)
    .select(['posted_at', 'settled_at', 'refunded_at'])
    .executeTakeFirst();
}

/** A line with whom it was paid by, and nobody else changes it until the transaction ends. */
export async function lockCardPaymentLine(trx: Trx, operation: string) {
  return trx
    .selectFrom('card_payment_lines as l')
    .innerJoin('card_payments as p', 'p.id', 'l.payment_id')
    .where('l.operation', '=', operation)
    .select([
      'l.operation',
      'l.payment_id',
      'l.account',
      'l.sum_kopecks',
      'l.export_number',
      'l.posted_at',
      'l.settled_at',
      'l.trouble',
      'l.other_account',
      'p.messenger_id',
      'p.paid_at',
      'p.refunded_at',
    ])
    .forUpdate()
    .executeTakeFirst();
}

/** A senior's word that billing has a line in another way. */
export async function markSettled(trx: Trx, operation: string, now: Date): Promise<void> {
  await trx.updateTable('card_payment_lines').set({ settled_at: now }).where('operation', '=', operation).execute();
}

export async function markTrouble(trx: Trx, operation: string, trouble: PaymentLineFault): Promise<void> {
  await trx.updateTable('card_payment_lines').set({ trouble }).where('operation', '=', operation).execute();
}

/** What has not gone out to billing and is not there either, nor on another account, from the oldest; nobody gives it back until the transaction ends. */
export async function lockLinesToExport(
  trx: Trx,
): Promise<{ operation: string; account: string; sum_kopecks: number; paid_day: string }[]> {
  return trx
    .selectFrom('card_payment_lines as l')
    .innerJoin('card_payments as p', 'p.id', 'l.payment_id')
    .where('l.export_number', 'is', null)
    .where('l.posted_at', 'is', null)
    .where('l.settled_at', 'is', null)
    .where('l.other_account', 'is', null)
    .where('p.refunded_at', 'is', null)
    .select(['l.operation', 'l.account', 'l.sum_kopecks', 'p.paid_day'])
    .orderBy('p.id')
    .orderBy('l.place')
    .forUpdate(['l', 'p'])
    .execute();
}

export async function markExported(trx: Trx, operations: readonly string[], exportNumber: number): Promise<void> {
  await trx
    .updateTable('card_payment_lines')
    .set({ export_number: exportNumber })
    .where((e) => e('operation', '=', e.fn.any(e.val([...operations]))))
    .execute();
}
