import { HOUR_MS, later, MINUTE_MS } from '../../domain/durations.ts';
import { isReceiptRight } from '../../domain/fiscal-receipt.ts';
import { localDay } from '../../domain/local-day.ts';
import type { Kopecks } from '../../domain/money.ts';
import { findAccount } from '../../records/accounts.ts';
import { listCardPaymentLines } from '../../records/card-payment-lines.ts';
import {
  areOperationsFree,
  findCardPayment,
  hasPaymentOrderMoney,
  insertCardPayment,
  isPaymentOrderPaid,
  listPaidSince,
  markRefunded,
  type NotCredited,
} from '../../records/card-payments.ts';
import type { Trx } from '../../records/database.ts';
import { findLinkTo } from '../../records/links.ts';
import { lock } from '../../records/locks.ts';
import {
  listHeldPaymentOrders,
  lockPaymentOrder,
  type OrderLine,
  type PaymentOrder,
  updatePaymentOrderCheckout,
  updatePaymentOrderCheckoutOver,
} from '../../records/payment-orders.ts';
import { admit } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { escalate } from '../escalations.ts';
import { fenced, idempotent } from '../idempotent.ts';
import { matchPayments } from './payment-matching.ts';

/** What the messenger asks before it takes money, `checkout` being its own number of the question. */
export type Checkout = { checkout: string; order: string; currency: string; totalKopecks: Kopecks };

/** Why no money may be taken; each is a text `checkout-<why>`. */
export type CheckoutRefusal =
  | 'unknown'
  | 'too-old'
  /** Its fiscal receipt says what no longer holds. */
  | 'receipt'
  | 'sum'
  | 'paid'
  | 'paid-meanwhile'
  | 'under-way'
  /** The same is being paid by another invoice. */
  | 'under-way-otherwise'
  | 'not-yours'
  | 'signed-out'
  | 'unlinked'
  | 'account';

/** What the messenger says that it took. */
export type TakenPayment = {
  order: string;
  currency: string;
  totalKopecks: Kopecks;
  chargeId: string;
  /** Empty where there is none. */
  providerChargeId: string;
  /** ISO. */
  paidAt: string;
};

type Credited = {
  operation: string;
  totalKopecks: Kopecks;
  lines: { account: string; sumKopecks: Kopecks }[];
  /** A resident's: payments under way can be looked at. */
  residents: boolean;
};

export type Credit =
  | ({ outcome: 'credited' } & Credited)
  /** The money is safe and staff are told, but no account has it. */
  | { outcome: 'kept'; operation: string; totalKopecks: Kopecks }
  /** It was taken in before, by another message of the messenger. */
  | { outcome: 'repeat' };

/** An invoice may be paid for so long. */
const ORDER_MS = 24 * HOUR_MS;
/**
 * After a checkout was let through, so long no other one of the order is, nor of an order for the very same. Short: a declined card is not
 * reported to us, and its owner wants to try another. Whoever is slower and pays an order twice is noticed, and staff are told.
 */
const HOLD_MS = 2 * MINUTE_MS;
const CURRENCY = 'RUB';
const OrderId = /^[\w-]{22}$/;

export type PaymentIntake = ReturnType<typeof createPaymentIntake>;

/** Section 4, «Payment»: money that goes over the counter. What was taken is never lost: it is credited once, or staff are told. */
export function createPaymentIntake(edges: Pick<OfficeEdges, 'db' | 'clock' | 'randomness' | 'settings' | 'centre'>) {
  const { clock, randomness, settings } = edges;
  const { receipts } = edges.centre.cards;
  const dayOf = (time: Date) => localDay(time, settings.timeZone);

  return {
    /** Whether the money may be taken now. One checkout of an order is let through and holds it; asked again, it is let through again. */
    async checkout(caller: Caller, asked: Checkout): Promise<{ outcome: 'ok' } | { outcome: 'refused'; why: CheckoutRefusal }> {
      if (!OrderId.test(asked.order)) return { outcome: 'refused', why: 'unknown' };
      return fenced(edges, caller, async (trx) => {
        const now = clock();
        const order = await lockPaymentOrder(trx, asked.order);
        const isRight = order !== undefined && isReceiptRight(receipts, dayOf(order.createdAt), dayOf(now));
        const why = order ? ((await whyNot(trx, order, caller, asked, now)) ?? (isRight ? undefined : 'receipt')) : 'unknown';
        if (why) return { outcome: 'refused', why } as const;
        await updatePaymentOrderCheckout(trx, asked.order, asked.checkout, later(now, HOLD_MS));
        return { outcome: 'ok' } as const;
      });
    },

    /** The messenger did not take our word for a checkout in time: no money moves by it, and the order need not wait. */
    releaseCheckout: (caller: Caller, checkout: string): Promise<void> =>
      fenced(edges, caller, (trx) => updatePaymentOrderCheckoutOver(trx, checkout)),

    /** Takes in what was paid, once however often it is said. */
    credit: (caller: Caller, taken: TakenPayment): Promise<Credit> =>
      idempotent(edges, caller, 'payment-intake.credit', (trx) => takeIn(trx, caller, taken)),

    /** Takes in what was paid and cannot be credited, since crediting it breaks: staff are told, and credit it by hand. */
    hold: (caller: Caller, taken: TakenPayment): Promise<Credit> =>
      idempotent(edges, caller, 'payment-intake.hold', (trx) => takeIn(trx, caller, taken, 'failed')),

    /** Money went back to the payer: staff are told, once; a payment that went back as a whole is no longer under way. */
    async refund(
      caller: Caller,
      returned: { chargeId: string; totalKopecks: Kopecks },
    ): Promise<{ outcome: 'noted'; operation: string } | { outcome: 'repeat' } | { outcome: 'unknown' }> {
      return idempotent(edges, caller, 'payment-intake.refund', async (trx) => {
        const now = clock();
        const { chargeId, totalKopecks: sum } = returned;
        const payment = await findCardPayment(trx, chargeId, null);
        const part = payment !== undefined && sum < payment.totalKopecks;
        if (payment && !part && !(await markRefunded(trx, payment.id, now))) return { outcome: 'repeat' } as const;
        const lines = payment ? await listCardPaymentLines(trx, payment.id) : [];
        const words = {
          operation: payment?.operation ?? chargeId,
          sum,
          part: part ? ('yes' as const) : ('no' as const),
          exported: lines[0]?.exportNumber ?? 0,
        };
        await escalate(trx, { kind: 'payment-refunded', ...words }, now);
        return payment ? ({ outcome: 'noted', operation: payment.operation } as const) : ({ outcome: 'unknown' } as const);
      });
    },
  };

  async function takeIn(trx: Trx, caller: Caller, taken: TakenPayment, broken?: NotCredited): Promise<Credit> {
    const now = clock();
    // Nobody else pays this order meanwhile.
    const order = OrderId.test(taken.order) ? await lockPaymentOrder(trx, taken.order) : undefined;
    const provider = taken.providerChargeId === '' ? null : taken.providerChargeId;
    if (await findCardPayment(trx, taken.chargeId, provider)) return { outcome: 'repeat' };

    const reason = broken ?? (await whyNotCredited(trx, order, taken));
    const operation = await chooseOperation(trx, taken.providerChargeId, order?.lines.length ?? 1);
    const meant = (order?.lines ?? []).map((line, i, { length }) => ({
      operation: length > 1 ? `${operation}-${i + 1}` : operation,
      account: line.account,
      sumKopecks: line.sumKopecks,
    }));
    const payment = {
      orderId: taken.order,
      // Who withdrew the consent meanwhile is no longer written down.
      messengerId: order && order.messengerId === null ? null : caller.messengerId,
      chargeId: taken.chargeId,
      providerChargeId: provider,
      operation,
      currency: taken.currency,
      totalKopecks: taken.totalKopecks,
      notCredited: reason ?? null,
      paidAt: new Date(taken.paidAt),
      paidDay: dayOf(new Date(taken.paidAt)),
      takenAt: now,
    };
    const added = await insertCardPayment(trx, payment, reason ? [] : meant);
    if (added === undefined) return { outcome: 'repeat' };
    if (!reason) {
      // A registry may have been faster than the messenger.
      await matchPayments(trx, { now, accounts: meant.map((line) => line.account) });
      const lines = meant.map((line) => ({ account: line.account, sumKopecks: line.sumKopecks }));
      return { outcome: 'credited', operation, totalKopecks: taken.totalKopecks, lines, residents: !order?.asGuest };
    }
    const accounts = meant.map((line) => line.account).join(', ');
    const words = { operation, sum: taken.totalKopecks, reason, accounts, known: accounts === '' ? 'no' : 'yes' } as const;
    await escalate(trx, { kind: 'payment-not-credited', ...words }, now);
    return { outcome: 'kept', operation, totalKopecks: taken.totalKopecks };
  }

  /**
   * The provider's number, which the payer's receipt has, too; one of our own where it has none, or one that no registry could carry or
   * that is taken.
   */
  async function chooseOperation(trx: Trx, providerChargeId: string, lines: number): Promise<string> {
    const wanted = [providerChargeId, ...Array.from({ length: lines }, (_, i) => `${providerChargeId}-${i + 1}`)];
    if (/^[\w.:-]{1,64}$/.test(providerChargeId) && (await areOperationsFree(trx, wanted))) return providerChargeId;
    return `tg-${randomness.id()}`;
  }
}

async function whyNot(
  trx: Trx,
  order: PaymentOrder,
  caller: Caller,
  { checkout, currency, totalKopecks }: Checkout,
  now: Date,
): Promise<CheckoutRefusal | undefined> {
  // Nobody's any more: the consent was withdrawn.
  if (order.messengerId === null) return 'unknown';
  // A forwarded invoice is in a stranger's hands.
  if (order.messengerId !== caller.messengerId) return 'not-yours';
  if (await hasPaymentOrderMoney(trx, order.id)) return 'paid';
  if (now.getTime() - order.createdAt.getTime() > ORDER_MS) return 'too-old';
  if (currency !== CURRENCY || totalKopecks !== order.totalKopecks) return 'sum';
  if (order.heldBy !== null && order.heldBy !== checkout && (order.heldUntil ?? now) > now) return 'under-way';
  if (!(await allExist(trx, order))) return 'account';
  const otherwise = await whyNotBeside(trx, order, caller, now);
  if (otherwise) return otherwise;
  if (order.asGuest) return undefined;
  const admitted = await admit(trx, caller, now);
  if ('outcome' in admitted || admitted.residentId !== order.residentId) return 'signed-out';
  for (const { account } of order.lines) if (!(await findLinkTo(trx, admitted.residentId, account))) return 'unlinked';
  return undefined;
}

/**
 * Whether the same sums for the same accounts are being paid by another invoice, or were since this one was made: one that is still in the
 * chat is paid once more by mistake, and two people have one each. A guest is told of own invoices only.
 */
async function whyNotBeside(
  trx: Trx,
  order: PaymentOrder,
  { messengerId }: Caller,
  now: Date,
): Promise<CheckoutRefusal | undefined> {
  const wanted = linesKey(order.lines);
  // Of two checkouts at once the second sees that the first was let through.
  await lock(trx, 'checkouts', wanted);
  const same = { totalKopecks: order.totalKopecks, messengerId: order.asGuest ? messengerId : undefined };
  const isSame = (lines: readonly OrderLine[]) => linesKey(lines) === wanted;
  // First what is under way, then what was paid: money that comes in between is seen by one of them.
  const held = await listHeldPaymentOrders(trx, { ...same, besides: order.id, since: later(now, -ORDER_MS - HOLD_MS), now });
  if (held.some(isSame)) return 'under-way-otherwise';
  return (await listPaidSince(trx, { ...same, since: order.createdAt })).some(isSame) ? 'paid-meanwhile' : undefined;
}

function linesKey(lines: readonly { account: string; sumKopecks: number }[]): string {
  return lines
    .map(({ account, sumKopecks }) => `${account}:${sumKopecks}`)
    .toSorted()
    .join();
}

/** The money was taken already: it is withheld from the accounts only where they cannot be determined. */
async function whyNotCredited(trx: Trx, order: PaymentOrder | undefined, taken: TakenPayment): Promise<NotCredited | undefined> {
  if (!order) return 'order-gone';
  if (await isPaymentOrderPaid(trx, order.id)) return 'paid-twice';
  if (taken.currency !== CURRENCY || taken.totalKopecks !== order.totalKopecks) return 'sum-differs';
  return (await allExist(trx, order)) ? undefined : 'account-gone';
}

async function allExist(trx: Trx, { lines }: PaymentOrder): Promise<boolean> {
  for (const { account } of lines) if (!(await findAccount(trx, account))) return false;
  return true;
}
