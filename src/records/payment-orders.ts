import type { ColumnType } from 'kysely';
import { groupBy } from '../domain/group-by.ts';
import type { Db, Trx } from './database.ts';

/** What somebody is about to pay: the invoice's payload is its id. */
export type PaymentOrdersTable = {
  id: string;
  /** Null once the consent was withdrawn. */
  messengerId: string | null;
  /** Null for a guest's. */
  residentId: string | null;
  asGuest: ColumnType<boolean, boolean, never>;
  totalKopecks: ColumnType<number, number, never>;
  createdAt: ColumnType<Date, Date, never>;
  /** The checkout that was let through last, and until when others must wait for it. */
  heldBy: ColumnType<string | null, never, string | null>;
  heldUntil: ColumnType<Date | null, never, Date | null>;
};

/** How much of an order is for which account; they add up to its total. */
export type PaymentOrderLinesTable = {
  orderId: string;
  /** 1, 2, … */
  place: number;
  account: string;
  sumKopecks: number;
};

export type OrderLine = { account: string; sumKopecks: number };

export type PaymentOrder = {
  id: string;
  messengerId: string | null;
  residentId: string | null;
  asGuest: boolean;
  totalKopecks: number;
  createdAt: Date;
  heldBy: string | null;
  heldUntil: Date | null;
  lines: OrderLine[];
};

export async function insertPaymentOrder(
  trx: Trx,
  { lines, ...order }: Omit<PaymentOrder, 'heldBy' | 'heldUntil'> & { lines: readonly OrderLine[] },
): Promise<void> {
  await trx.insertInto('paymentOrders').values(order).execute();
  await trx
    .insertInto('paymentOrderLines')
    .values(lines.map((line, i) => ({ orderId: order.id, place: i + 1, ...line })))
    .execute();
}

/** The order, which nobody else changes or pays until the transaction ends. */
export async function lockPaymentOrder(trx: Trx, id: string): Promise<PaymentOrder | undefined> {
  const order = await trx.selectFrom('paymentOrders').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!order) return undefined;
  const lines = await trx
    .selectFrom('paymentOrderLines')
    .select(['account', 'sumKopecks'])
    .where('orderId', '=', id)
    .orderBy('place')
    .execute();
  return { ...order, lines };
}

/** Lets one checkout through: others must wait until then. */
export async function updatePaymentOrderCheckout(trx: Trx, id: string, by: string, until: Date): Promise<void> {
  await trx.updateTable('paymentOrders').set({ heldBy: by, heldUntil: until }).where('id', '=', id).execute();
}

/**
 * The lines of other orders of a sum, made `since`, of anybody or (`messengerId`) of one person, whose checkout was let through and of which
 * no money has come: the bank may be at work on them.
 */
export async function listHeldPaymentOrders(
  db: Db,
  {
    besides,
    totalKopecks,
    messengerId,
    since,
    now,
  }: { besides: string; totalKopecks: number; messengerId: string | undefined; since: Date; now: Date },
): Promise<OrderLine[][]> {
  let held = db
    .selectFrom('paymentOrders as o')
    .innerJoin('paymentOrderLines as l', 'l.orderId', 'o.id')
    .where('o.createdAt', '>=', since)
    .where('o.id', '!=', besides)
    .where('o.totalKopecks', '=', totalKopecks)
    .where('o.heldUntil', '>', now)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('cardPayments as p')
            .select('p.id')
            // By its index: no order is paid before it is made.
            .where('p.takenAt', '>=', since)
            .whereRef('p.orderId', '=', 'o.id'),
        ),
      ),
    )
    .select(['o.id', 'l.account', 'l.sumKopecks']);
  if (messengerId !== undefined) held = held.where('o.messengerId', '=', messengerId);
  return [...groupBy(await held.execute(), ({ id }) => id).values()];
}

/** The checkout that was let through did not take place after all. */
export async function updatePaymentOrderCheckoutOver(db: Db, by: string): Promise<void> {
  await db.updateTable('paymentOrders').set({ heldBy: null, heldUntil: null }).where('heldBy', '=', by).execute();
}

/** The resident who ordered in his cabinet what was paid; undefined for a guest's, and where nobody is known. */
export async function findOrderer(trx: Trx, paymentId: number): Promise<string | undefined> {
  const order = await trx
    .selectFrom('cardPayments')
    .innerJoin('paymentOrders', 'paymentOrders.id', 'cardPayments.orderId')
    .select('residentId')
    .where('cardPayments.id', '=', paymentId)
    .executeTakeFirst();
  return order?.residentId ?? undefined;
}

/** What a payment was ordered for, in the order's order; nothing, where its order has gone. */
export async function listOrderedLines(db: Db, paymentId: number): Promise<OrderLine[]> {
  return db
    .selectFrom('cardPayments as p')
    .innerJoin('paymentOrderLines as l', 'l.orderId', 'p.orderId')
    .select(['l.account', 'l.sumKopecks'])
    .where('p.id', '=', paymentId)
    .orderBy('l.place')
    .execute();
}

/** Takes a person out of the orders; a payment under way still finds its accounts. */
export async function updatePaymentOrderersGone(trx: Trx, residentId: string, messengerIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('paymentOrders')
    .set({ messengerId: null, residentId: null })
    .where((e) => e.or([e('residentId', '=', residentId), e('messengerId', 'in', [...messengerIds, ''])]))
    .execute();
}

/** Forgets orders made before that nothing was paid for. */
export async function deleteUnpaidPaymentOrders(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('paymentOrders')
    .where('createdAt', '<', before)
    .where((e) =>
      e.not(
        e.exists(
          e.selectFrom('cardPayments').select('cardPayments.id').whereRef('cardPayments.orderId', '=', 'paymentOrders.id'),
        ),
      ),
    )
    .execute();
}
