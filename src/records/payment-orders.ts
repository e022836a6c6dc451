import type { ColumnType } from 'kysely';
import type { Db, Trx } from './database.ts';

/** What somebody is about to pay: the invoice's payload is its id. */
export type PaymentOrdersTable = {
  id: string;
  /** Null once the consent was withdrawn. */
  messenger_id: string | null;
  /** Null for a guest's. */
  resident_id: string | null;
  as_guest: ColumnType<boolean, boolean, never>;
  total_kopecks: ColumnType<number, number, never>;
  created_at: ColumnType<Date, Date, never>;
  /** The checkout that was let through last, and until when others must wait for it. */
  held_by: ColumnType<string | null, never, string | null>;
  held_until: ColumnType<Date | null, never, Date | null>;
};

/** How much of an order is for which account; they add up to its total. */
export type PaymentOrderLinesTable = {
  order_id: string;
  /** 1, 2, … */
  place: number;
  account: string;
  sum_kopecks: number;
};

export type OrderLine = { account: string; sum_kopecks: number };

export type PaymentOrder = {
  id: string;
  messenger_id: string | null;
  resident_id: string | null;
  as_guest: boolean;
  total_kopecks: number;
  created_at: Date;
  held_by: string | null;
  held_until: Date | null;
  lines: OrderLine[];
};

export async function insertPaymentOrder(
  trx: Trx,
  { lines, ...order }: Omit<PaymentOrder, 'held_by' | 'held_until'> & { lines: readonly OrderLine[] },
): Promise<void> {
  await trx.insertInto('payment_orders').values(order).execute();
  await trx
    .insertInto('payment_order_lines')
    .values(lines.map((line, i) => ({ order_id: order.id, place: i + 1, ...line })))
    .execute();
}

/** The order, which nobody else changes or pays until the transaction ends. */
export async function lockPaymentOrder(trx: Trx, id: string): Promise<PaymentOrder | undefined> {
  const order = await trx.selectFrom('payment_orders').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!order) return undefined;
  const lines = await trx
    .selectFrom('payment_order_lines')
    .select(['account', 'sum_kopecks'])
    .where('order_id', '=', id)
    .orderBy('place')
    .execute();
  return { ...order, lines };
}

/** Lets one checkout through: others must wait until then. */
export async function updateOrderCheckout(trx: Trx, id: string, by: string, until: Date): Promise<void> {
  await trx.updateTable('payment_orders').set({ held_by: by, held_until: until }).where('id', '=', id).execute();
}

/** The checkout that was let through did not take place after all. */
export async function updateOrderCheckoutOver(db: Db, by: string): Promise<void> {
  await db.updateTable('payment_orders').set({ held_by: null, held_until: null }).where('held_by', '=', by).execute();
}

/** The resident who ordered in his cabinet what was paid; undefined for a guest's, and where nobody is known. */
export async function findOrderer(trx: Trx, paymentId: number): Promise<string | undefined> {
  const order = await trx
    .selectFrom('card_payments')
    .innerJoin('payment_orders', 'payment_orders.id', 'card_payments.order_id')
    .select('resident_id')
    .where('card_payments.id', '=', paymentId)
    .executeTakeFirst();
  return order?.resident_id ?? undefined;
}

/** Takes a person out of the orders; a payment under way still finds its accounts. */
export async function updateOrderersGone(trx: Trx, residentId: string, messengerIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('payment_orders')
    .set({ messenger_id: null, resident_id: null })
    .where((e) => e.or([e('resident_id', '=', residentId), e('messenger_id', 'in', [...messengerIds, ''])]))
    .execute();
}

/** Forgets orders made before that nothing was paid for. */
export async function deleteUnpaidOrders(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('payment_orders')
    .where('created_at', '<', before)
    .where((e) =>
      e.not(
        e.exists(
          e.selectFrom('card_payments').select('card_payments.id').whereRef('card_payments.order_id', '=', 'payment_orders.id'),
        ),
      ),
    )
    .execute();
}
