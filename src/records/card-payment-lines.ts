import { type ColumnType, type RawBuilder, sql } from 'kysely';
import { HELD_FOR_ORDER } from './card-payments.ts';
import type { Db, Trx } from './database.ts';

/** How much of a credited payment is for which account. */
export type CardPaymentLinesTable = {
  /** The payment's operation; `-1`, `-2` after it where there are several lines. */
  operation: string;
  paymentId: number;
  /** 1, 2, … */
  place: number;
  account: string;
  sumKopecks: number;
  /** The export that it went out with. */
  exportNumber: ColumnType<number | null, never, number>;
  /** When a registry of payments brought it; null again where one has moved it to another account since, or was undone. */
  postedAt: ColumnType<Date | null, never, Date | null>;
  /** What staff were told of it last; null again once that is over. */
  trouble: ColumnType<PaymentLineFault | null, never, PaymentLineFault | null>;
  /** The account on which a registry has it instead, since the last look. */
  otherAccount: ColumnType<string | null, never, string | null>;
  /** When a senior said that billing has it in another way. */
  settledAt: ColumnType<Date | null, never, Date | null>;
};

export type PaymentLineFault = 'sum-differs' | 'other-account' | 'reversed' | 'late';

/** Takes a line away as if it had never been; only what nobody outside has seen may go so. */
export async function deleteCardPaymentLine(trx: Trx, operation: string): Promise<void> {
  await trx.deleteFrom('cardPaymentLines').where('operation', '=', operation).execute();
}

/** One more line of a payment. */
export async function insertCardPaymentLine(
  trx: Trx,
  line: { operation: string; paymentId: number; place: number; account: string; sumKopecks: number },
): Promise<void> {
  await trx.insertInto('cardPaymentLines').values(line).execute();
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
    sumKopecks: number;
    exportNumber: number | null;
    postedAt: Date | null;
    fault: PaymentLineFault | null;
    otherAccount: string | null;
  }[]
> {
  return db
    .selectFrom('cardPaymentLines')
    .select(['operation', 'place', 'account', 'sumKopecks', 'exportNumber', 'postedAt', 'trouble as fault', 'otherAccount'])
    .where('paymentId', '=', paymentId)
    .orderBy('place')
    .execute();
}

/** When the sum became its account's, with which it goes out to billing: once it was paid, or when a senior credited it by hand. */
export const creditedAtSql = (operation: string, paidAt: string) => sql<Date>`greatest(
  ${sql.ref(paidAt)},
  (select max(h.asked_at) from hand_credits as h where h.operation = ${sql.ref(operation)} and h.state = 'done')
)`;

/**
 * What was paid in the bot for accounts and has come to no end: in no registry under that account, not given back, not settled by a senior;
 * from the newest. `otherAccount`: a registry has it there. Besides, what was credited after `postedSince` and a registry has: it is `isPosted`;
 * and what came for them and staff have to credit: it is `isHeld`.
 */
export async function listOpenLines(
  db: Db,
  accounts: readonly string[],
  { postedSince }: { postedSince: Date },
): Promise<PaidLine[]> {
  if (accounts.length === 0) return [];
  return db
    .selectFrom('cardPaymentLines')
    .innerJoin('cardPayments', 'cardPayments.id', 'cardPaymentLines.paymentId')
    .where((e) =>
      e.or([
        e.and([e('postedAt', 'is', null), e('settledAt', 'is', null)]),
        e.and([e('postedAt', 'is not', null), e(creditedAtSql('cardPaymentLines.operation', 'paidAt'), '>', postedSince)]),
      ]),
    )
    .where('refundedAt', 'is', null)
    .where((e) => e('account', '=', e.fn.any(e.val([...accounts]))))
    .select(['account', 'cardPaymentLines.operation', 'sumKopecks', 'paidAt', 'otherAccount'])
    .select([
      sql<boolean>`posted_at is not null`.as('isPosted'),
      creditedAtSql('cardPaymentLines.operation', 'paidAt').as('creditedAt'),
      sql<boolean>`false`.as('isHeld'),
    ])
    .unionAll(heldLines(db, accounts))
    .orderBy('paidAt', 'desc')
    .orderBy('operation')
    .execute();
}

/**
 * Of money that staff hold, as long as their request is open: of the sum that the order names for an account what that was not credited with. What
 * other accounts were credited with is missing at the end of the order: together it is never more than is left of the money.
 */
function heldLines(db: Db, accounts: readonly string[]) {
  const credited = (of: RawBuilder<unknown>) =>
    sql`coalesce((select sum(l.sum_kopecks) from card_payment_lines as l where l.payment_id = p.id ${of}), 0)`;
  const wanted = (line: string) =>
    sql`greatest(0, ${sql.ref(`${line}.sumKopecks`)} - ${credited(sql`and l.account = ${sql.ref(`${line}.account`)}`)})`;
  const left = sql<number>`least(
    ${wanted('ol')},
    p.total_kopecks - ${credited(sql``)} - coalesce((
      select sum(${wanted('earlier')}) from payment_order_lines as earlier where earlier.order_id = ol.order_id and earlier.place < ol.place
    ), 0)
  )::bigint`;
  return (
    db
      .selectFrom('requests as r')
      .innerJoin('cardPayments as p', (join) => join.on(sql<boolean>`p.operation = r.words ->> 'operation'`))
      .innerJoin('paymentOrders as o', 'o.id', 'p.orderId')
      .innerJoin('paymentOrderLines as ol', 'ol.orderId', 'o.id')
      // By the index of what is open.
      .where(sql<boolean>`r.state <> 'closed'`)
      .where('r.kind', '=', 'payment-not-credited')
      .where('p.notCredited', 'in', [...HELD_FOR_ORDER])
      .where('p.refundedAt', 'is', null)
      // Of another sum nobody knows which part is whose.
      .where('p.currency', '=', 'RUB')
      .whereRef('p.totalKopecks', '=', 'o.totalKopecks')
      .where((e) => e('ol.account', '=', e.fn.any(e.val([...accounts]))))
      .where(sql<boolean>`${left} > 0`)
      .select(['ol.account', 'p.operation', left.as('sumKopecks'), 'p.paidAt'])
      .select([
        sql<string | null>`null::text`.as('otherAccount'),
        sql<boolean>`false`.as('isPosted'),
        sql<Date>`p.paid_at`.as('creditedAt'),
        sql<boolean>`true`.as('isHeld'),
      ])
  );
}

export type PaidLine = {
  account: string;
  operation: string;
  sumKopecks: number;
  paidAt: Date;
  /** Not before it was paid. */
  creditedAt: Date;
  otherAccount: string | null;
  isPosted: boolean;
  isHeld: boolean;
};

/** A line beside what billing's registries of payments have under its number. */
export type LineToMatch = {
  operation: string;
  account: string;
  sumKopecks: number;
  postedAt: Date | null;
  settledAt: Date | null;
  fault: PaymentLineFault | null;
  /** What `otherAccount` was at the last look. */
  knownElsewhere: string | null;
  /** Not before it was paid. */
  creditedAt: Date;
  messengerId: string | null;
  /** Null where the order has gone. */
  asGuest: boolean | null;
  /** The sum for this account, less reversals; null: no registry has it. */
  foundKopecks: number | null;
  /** The account for which a registry has it instead. */
  otherAccount: string | null;
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
    .selectFrom('cardPaymentLines as l')
    .innerJoin('cardPayments as p', 'p.id', 'l.paymentId')
    .leftJoin('paymentOrders as o', 'o.id', 'p.orderId')
    .where('p.refundedAt', 'is', null)
    .where((e) => e.or([e('l.postedAt', 'is', null), e('l.postedAt', '>', postedSince)]))
    .select([
      'l.operation',
      'l.account',
      'l.sumKopecks',
      'l.postedAt',
      'l.settledAt',
      'l.trouble as fault',
      'l.otherAccount as knownElsewhere',
      'p.messengerId',
      'o.asGuest',
    ])
    .select((e) => [
      creditedAtSql('l.operation', 'p.paidAt').as('creditedAt'),
      e
        .selectFrom('payments as r')
        .whereRef('r.account', '=', 'l.account')
        .whereRef('r.operation', '=', 'l.operation')
        .select(sql<number | null>`sum(r.sum_kopecks)::bigint`.as('sum'))
        .as('foundKopecks'),
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
        .as('otherAccount'),
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
    .updateTable('cardPaymentLines')
    .set({ postedAt: now })
    .where((e) => e('operation', '=', e.fn.any(e.val([...operations]))))
    .execute();
}

/** No registry has them any more for their accounts. */
export async function markNotPosted(trx: Trx, operations: readonly string[]): Promise<void> {
  if (operations.length === 0) return;
  await trx
    .updateTable('cardPaymentLines')
    .set({ postedAt: null })
    .where((e) => e('operation', '=', e.fn.any(e.val([...operations]))))
    .execute();
}

/** Where a registry has a line instead; null: nowhere else. */
export async function markElsewhere(trx: Trx, operation: string, account: string | null): Promise<void> {
  await trx.updateTable('cardPaymentLines').set({ otherAccount: account }).where('operation', '=', operation).execute();
}

/** How far a line has come. */
export async function findCardPaymentLine(
  db: Db,
  operation: string,
): Promise<{ postedAt: Date | null; settledAt: Date | null; refundedAt: Date | null } | undefined> {
  return db
    .selectFrom('cardPaymentLines')
    .innerJoin('cardPayments', 'cardPayments.id', 'cardPaymentLines.paymentId')
    .where('cardPaymentLines.operation', '=', operation)
    .select(['postedAt', 'settledAt', 'refundedAt'])
    .executeTakeFirst();
}

/** A line with whom it was paid by, and nobody else changes it until the transaction ends. */
export async function lockCardPaymentLine(trx: Trx, operation: string) {
  return trx
    .selectFrom('cardPaymentLines as l')
    .innerJoin('cardPayments as p', 'p.id', 'l.paymentId')
    .where('l.operation', '=', operation)
    .select([
      'l.operation',
      'l.paymentId',
      'l.account',
      'l.sumKopecks',
      'l.exportNumber',
      'l.postedAt',
      'l.settledAt',
      'l.trouble as fault',
      'l.otherAccount',
      'p.messengerId',
      'p.paidAt',
      'p.refundedAt',
    ])
    .forUpdate()
    .executeTakeFirst();
}

/** A senior's word that billing has a line in another way. */
export async function markSettled(trx: Trx, operation: string, now: Date): Promise<void> {
  await trx.updateTable('cardPaymentLines').set({ settledAt: now }).where('operation', '=', operation).execute();
}

/** A senior's word was taken back. */
export async function markNotSettled(trx: Trx, operation: string): Promise<void> {
  await trx.updateTable('cardPaymentLines').set({ settledAt: null }).where('operation', '=', operation).execute();
}

export async function markLineFault(trx: Trx, operation: string, fault: PaymentLineFault): Promise<void> {
  await trx.updateTable('cardPaymentLines').set({ trouble: fault }).where('operation', '=', operation).execute();
}

/** What staff were told of these is over: should it come back, they are told again. */
export async function markLineFaultsOver(trx: Trx, operations: readonly string[]): Promise<void> {
  if (operations.length === 0) return;
  await trx
    .updateTable('cardPaymentLines')
    .set({ trouble: null })
    .where((e) => e('operation', '=', e.fn.any(e.val([...operations]))))
    .execute();
}

/** What has not gone out to billing and is not there either, nor on another account, from the oldest; nobody gives it back until the transaction ends. */
export async function lockLinesToExport(
  trx: Trx,
): Promise<{ operation: string; account: string; sumKopecks: number; paidDay: string }[]> {
  return trx
    .selectFrom('cardPaymentLines as l')
    .innerJoin('cardPayments as p', 'p.id', 'l.paymentId')
    .where('l.exportNumber', 'is', null)
    .where('l.postedAt', 'is', null)
    .where('l.settledAt', 'is', null)
    .where('l.otherAccount', 'is', null)
    .where('p.refundedAt', 'is', null)
    .select(['l.operation', 'l.account', 'l.sumKopecks', 'p.paidDay'])
    .orderBy('p.id')
    .orderBy('l.place')
    .forUpdate(['l', 'p'])
    .execute();
}

export async function markExported(trx: Trx, operations: readonly string[], exportNumber: number): Promise<void> {
  await trx
    .updateTable('cardPaymentLines')
    .set({ exportNumber })
    .where((e) => e('operation', '=', e.fn.any(e.val([...operations]))))
    .execute();
}
