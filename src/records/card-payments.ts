import type { ColumnType, GeneratedAlways } from 'kysely';
import { groupBy } from '../domain/group-by.ts';
import type { Db, Trx } from './database.ts';
import type { OrderLine } from './payment-orders.ts';

/** Money that the messenger says was taken for us. It is kept whatever becomes of the order, the account or the payer. */
export type CardPaymentsTable = {
  id: GeneratedAlways<number>;
  /** The payload as it came; there need not be such an order. */
  orderId: string;
  /** Null once the consent was withdrawn. */
  messengerId: string | null;
  /** The charge as its messenger numbers it; of any messenger, whatever the column was called for. */
  telegramChargeId: ColumnType<string, string, never>;
  providerChargeId: ColumnType<string | null, string | null, never>;
  /** The number under which it goes out and comes back in billing's registry. */
  operation: ColumnType<string, string, never>;
  currency: ColumnType<string, string, never>;
  totalKopecks: ColumnType<number, number, never>;
  /** Null: the money is for the accounts of its lines. */
  notCredited: NotCredited | null;
  paidAt: ColumnType<Date, Date, never>;
  /** `YYYY-MM-DD` in the centre's time zone. */
  paidDay: ColumnType<string, string, never>;
  takenAt: ColumnType<Date, Date, never>;
  /** When it was known that all of it went back to the payer; null again where a senior took back that it did. */
  refundedAt: ColumnType<Date | null, never, Date | null>;
};

/** Why money that was taken is for no account: staff decide. */
export type NotCredited = 'order-gone' | 'paid-twice' | 'sum-differs' | 'account-gone' | 'failed';

/** Of these the order is known, and no other money has come for it. */
export const HELD_FOR_ORDER: readonly NotCredited[] = ['sum-differs', 'account-gone', 'failed'];

type NewPayment = {
  orderId: string;
  messengerId: string | null;
  /** Its messenger's number of the charge; no two messengers give the same. */
  chargeId: string;
  providerChargeId: string | null;
  operation: string;
  currency: string;
  totalKopecks: number;
  notCredited: NotCredited | null;
  paidAt: Date;
  paidDay: string;
  takenAt: Date;
};

/** Writes a payment down; undefined when it is there already by any of its numbers. */
export async function insertCardPayment(
  trx: Trx,
  { chargeId, ...payment }: NewPayment,
  lines: readonly { operation: string; account: string; sumKopecks: number }[],
): Promise<number | undefined> {
  const added = await trx
    .insertInto('cardPayments')
    .values({ ...payment, telegramChargeId: chargeId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added || lines.length === 0) return added?.id;
  await trx
    .insertInto('cardPaymentLines')
    .values(lines.map((line, i) => ({ ...line, paymentId: added.id, place: i + 1 })))
    .execute();
  return added.id;
}

/** A payment by the messenger's number or the provider's. */
export async function findCardPayment(
  db: Db,
  chargeId: string,
  providerChargeId: string | null,
): Promise<{ id: number; operation: string; totalKopecks: number; notCredited: NotCredited | null } | undefined> {
  return db
    .selectFrom('cardPayments')
    .select(['id', 'operation', 'totalKopecks', 'notCredited'])
    .where((e) => e.or([e('telegramChargeId', '=', chargeId), e('providerChargeId', '=', providerChargeId ?? '')]))
    .executeTakeFirst();
}

export type KeptPayment = {
  id: number;
  operation: string;
  currency: string;
  totalKopecks: number;
  notCredited: NotCredited | null;
  messengerId: string | null;
  paidAt: Date;
  refundedAt: Date | null;
};

/** A payment by its own number or its id; nobody else gives it to an account, exports it, or gives it back until the transaction ends. */
export async function lockCardPayment(trx: Trx, which: { operation: string } | { id: number }): Promise<KeptPayment | undefined> {
  const payments = trx
    .selectFrom('cardPayments')
    .select(['id', 'operation', 'currency', 'totalKopecks', 'notCredited', 'messengerId', 'paidAt', 'refundedAt']);
  const one = 'id' in which ? payments.where('id', '=', which.id) : payments.where('operation', '=', which.operation);
  return one.forUpdate().executeTakeFirst();
}

/** Whether money for this order was credited. */
export async function isPaymentOrderPaid(db: Db, orderId: string): Promise<boolean> {
  const paid = await db
    .selectFrom('cardPayments')
    .select('id')
    .where('orderId', '=', orderId)
    .where('notCredited', 'is', null)
    .executeTakeFirst();
  return paid !== undefined;
}

/** Whether money for this order has come: credited, or held by staff and not given back. */
export async function hasPaymentOrderMoney(db: Db, orderId: string): Promise<boolean> {
  const come = await db
    .selectFrom('cardPayments')
    .select('id')
    .where('orderId', '=', orderId)
    .where((e) => e.or([e('notCredited', 'is', null), e('refundedAt', 'is', null)]))
    .limit(1)
    .executeTakeFirst();
  return come !== undefined;
}

/**
 * Payments of a sum that came since a moment and were not given back, by anybody or (`messengerId`) by one person: what each was for, as it
 * was ordered. What staff hold and have to credit is among them.
 */
export async function listPaidSince(
  db: Db,
  { totalKopecks, since, messengerId }: { totalKopecks: number; since: Date; messengerId: string | undefined },
): Promise<OrderLine[][]> {
  let paid = db
    .selectFrom('cardPayments as p')
    .innerJoin('paymentOrderLines as l', 'l.orderId', 'p.orderId')
    .where('p.takenAt', '>=', since)
    .where('p.totalKopecks', '=', totalKopecks)
    .where((e) => e.or([e('p.notCredited', 'is', null), e('p.notCredited', 'in', [...HELD_FOR_ORDER])]))
    .where('p.refundedAt', 'is', null)
    .select(['p.id', 'l.account', 'l.sumKopecks']);
  if (messengerId !== undefined) paid = paid.where('p.messengerId', '=', messengerId);
  return [...groupBy(await paid.execute(), ({ id }) => id).values()];
}

/** Notes that the whole of a payment was given back; false when it was noted before. */
export async function markRefunded(trx: Trx, id: number, now: Date): Promise<boolean> {
  const [done] = await trx
    .updateTable('cardPayments')
    .set({ refundedAt: now })
    .where('id', '=', id)
    .where('refundedAt', 'is', null)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** Takes back that a payment was given back. */
export async function markNotRefunded(trx: Trx, id: number): Promise<void> {
  await trx.updateTable('cardPayments').set({ refundedAt: null }).where('id', '=', id).execute();
}

/**
 * Takes a person out of the payments; the payments stay: the law wants them. His are also those of his orders, from whichever messenger
 * account he paid: it need not be his any more.
 */
export async function updatePayersGone(trx: Trx, residentId: string, messengerIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('cardPayments')
    .set({ messengerId: null })
    .where((e) =>
      e.or([
        e('messengerId', 'in', [...messengerIds, '']),
        e('orderId', 'in', e.selectFrom('paymentOrders').where('residentId', '=', residentId).select('paymentOrders.id')),
      ]),
    )
    .execute();
}

/** Whether none of these numbers is a payment's or a line's. */
export async function areOperationsFree(db: Db, operations: readonly string[]): Promise<boolean> {
  const taken = await db
    .selectFrom('cardPayments')
    .select('operation')
    .where('operation', 'in', operations)
    .unionAll(db.selectFrom('cardPaymentLines').select('operation').where('operation', 'in', operations))
    .executeTakeFirst();
  return taken === undefined;
}

/** A payment by its own number. */
export async function findCardPaymentByOperation(db: Db, operation: string): Promise<{ id: number } | undefined> {
  return db.selectFrom('cardPayments').select('id').where('operation', '=', operation).executeTakeFirst();
}

/** A payment by its own number or that of one of its lines. */
export async function findPaymentOfOperation(
  db: Db,
  operation: string,
): Promise<{ id: number; operation: string; totalKopecks: number; refundedAt: Date | null } | undefined> {
  return db
    .selectFrom('cardPayments as p')
    .select(['p.id', 'p.operation', 'p.totalKopecks', 'p.refundedAt'])
    .where((e) =>
      e.or([
        e('p.operation', '=', operation),
        e('p.id', '=', e.selectFrom('cardPaymentLines').select('paymentId').where('cardPaymentLines.operation', '=', operation)),
      ]),
    )
    .executeTakeFirst();
}

/** Who paid it, by the number of the payment or of one of its lines; undefined: nobody knows any more. `residentId`: null for a guest. */
export async function findPayerOfOperation(
  db: Db,
  operation: string,
): Promise<{ messengerId: string; residentId: string | null } | undefined> {
  const payer = await db
    .selectFrom('cardPayments as p')
    .leftJoin('paymentOrders as o', 'o.id', 'p.orderId')
    .select(['p.messengerId', 'o.residentId'])
    .where((e) =>
      e.or([
        e('p.operation', '=', operation),
        e.exists(
          e
            .selectFrom('cardPaymentLines as l')
            .select('l.operation')
            .whereRef('l.paymentId', '=', 'p.id')
            .where('l.operation', '=', operation),
        ),
      ]),
    )
    .executeTakeFirst();
  return payer?.messengerId ? { messengerId: payer.messengerId, residentId: payer.residentId } : undefined;
}
