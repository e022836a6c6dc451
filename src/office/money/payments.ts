import { goesByCard } from '../../domain/card-limits.ts';
import { inForce } from '../../domain/dated.ts';
import type { ReceiptRules } from '../../domain/fiscal-receipt.ts';
import { localDay } from '../../domain/local-day.ts';
import { type Kopecks, sumOf } from '../../domain/money.ts';
import { periodOf, shiftPeriod } from '../../domain/period.ts';
import type { UnderWay } from '../../domain/under-way.ts';
import { isUuid } from '../../domain/uuid.ts';
import { updatePayersGone } from '../../records/card-payments.ts';
import { listChargedMonths } from '../../records/charges.ts';
import type { Trx } from '../../records/database.ts';
import { findLink, type LinkedAccount } from '../../records/links.ts';
import { inSnapshot } from '../../records/snapshot.ts';
import { insertPaymentOrder, updatePaymentOrderersGone } from '../../records/payment-orders.ts';
import { admit, admitWithAccounts, type NotAdmitted } from '../admission.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { OnConsentWithdrawn } from '../identity/consents.ts';
import { offerOf, readDebts } from './debts.ts';
import { type PayWays, payWaysOf } from './pay-ways.ts';
import { type OrderedQr, orderedQr } from './ordered-qr.ts';
import { type AccountTitle, type Gone, ownAccount, titleOf } from '../accounts/own-account.ts';
import type { OfficeEdges } from '../edges.ts';
import { openGuestAccount } from '../accounts/guest-accounts.ts';
import { idempotent } from '../idempotent.ts';
import { matchPayments } from './payment-matching.ts';

/** An account that a resident may pay for. */
export type PayableAccount = {
  link: string;
  account: string;
  name: string | null;
  address: string;
  closed: boolean;
  /** What billing knows; below zero it is overpaid. */
  totalKopecks: Kopecks;
  /** What is offered to be paid: what billing knows less what is under way; never below zero. */
  offerKopecks: Kopecks;
  underWayKopecks: Kopecks;
  strayed: readonly UnderWay[];
};

/** What the messenger needs to ask for the money. */
export type Invoice = {
  /** The order's id: the only thing that the messenger gives back. */
  order: string;
  totalKopecks: Kopecks;
  lines: readonly { account: string; sumKopecks: Kopecks }[];
  /** What the receipt says; null when the provider makes none. */
  receipt: ReceiptRules | null;
  receiptTo: 'email' | 'phone';
};

/** What was said to be paid for an account. */
export type SaidOffer = Pick<PayableAccount, 'link' | 'offerKopecks'>;

export type Ordered =
  | { outcome: 'ordered'; invoice: Invoice }
  /** The sum does not go by card, or nothing does. */
  | { outcome: 'not-by-card' }
  /** An account of it is no longer the caller's. */
  | { outcome: 'gone' };

/** A payment has so many accounts at most: a receipt has so many lines, a message so much room. */
const MOST_ACCOUNTS = 20;

export type Payments = ReturnType<typeof createPayments>;

/** Section 4, «Payment»: what may be paid, and the orders by which it is. Taking the money is the payment intake's (`office/money/payment-intake.ts`). */
export function createPayments(edges: Pick<OfficeEdges, 'db' | 'clock' | 'randomness' | 'centre' | 'settings'>) {
  const { db, clock, randomness, settings } = edges;
  const { cards } = edges.centre;

  type Whose = { residentId: string | null; messengerId: MessengerId };
  type Lines = readonly { account: string; sumKopecks: Kopecks }[];
  type ReadOffer = { accounts: PayableAccount[]; paymentsDay: string | null };

  async function readOffer(linked: readonly LinkedAccount[]): Promise<ReadOffer> {
    return inSnapshot(db, async (trx) => {
      const { debts, paymentsDay } = await readDebts(trx, linked, edges);
      const accounts = debts.map(({ own, debt }): PayableAccount => {
        const { account, name, address, closed, underWayKopecks, strayed } = debt;
        const totalKopecks = debt.charged ? debt.totalKopecks : 0;
        const offerKopecks = offerOf(debt);
        return { link: own.id, account, name, address, closed, totalKopecks, offerKopecks, underWayKopecks, strayed };
      });
      return { accounts, paymentsDay };
    });
  }

  async function order(trx: Trx, { residentId, messengerId }: Whose, lines: Lines): Promise<Ordered> {
    const now = clock();
    const totalKopecks = sumOf(lines.map((line) => line.sumKopecks));
    if (!goesByCard(totalKopecks, payWaysOf(edges, messengerId).cardLimits)) return { outcome: 'not-by-card' };
    const id = randomness.id();
    await insertPaymentOrder(trx, {
      id,
      messengerId,
      residentId,
      asGuest: residentId === null,
      totalKopecks,
      createdAt: now,
      lines: lines.map((line) => ({ account: line.account, sumKopecks: line.sumKopecks })),
    });
    const rules = inForce(cards.receipts, localDay(now, settings.timeZone));
    const invoice = { order: id, totalKopecks, lines, receipt: rules ?? null, receiptTo: cards.receiptTo };
    return { outcome: 'ordered', invoice };
  }

  return {
    /** Looks once more for what is under way in the registries, and tells staff what none has brought for long. */
    async tellLate(): Promise<void> {
      const { lateAfterDays } = cards;
      await db.transaction().execute((trx) => matchPayments(trx, { now: clock(), lateAfterDays }));
    },

    /** Each account of the resident with what is offered to be paid, and which sums go by card. */
    async offer(
      caller: Caller,
    ): Promise<NotAdmitted | { outcome: 'offered'; accounts: PayableAccount[]; ways: PayWays; paymentsDay: string | null }> {
      const admitted = await admitWithAccounts(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      return { outcome: 'offered', ...(await readOffer(admitted.accounts)), ways: payWaysOf(edges, caller.messengerId) };
    },

    /** Whether still the same is to be paid for each of these accounts as was said, else what is now. `gone`: one of them is no longer the caller's. */
    async offerAgain(
      caller: Caller,
      said: readonly SaidOffer[],
    ): Promise<NotAdmitted | Gone | { outcome: 'same' } | ({ outcome: 'changed' } & ReadOffer)> {
      const admitted = await admitWithAccounts(db, caller, clock());
      if ('outcome' in admitted) return admitted;
      const wanted = admitted.accounts.filter(({ id }) => said.some(({ link }) => link === id));
      if (wanted.length < said.length) return { outcome: 'gone' };
      const offer = await readOffer(wanted);
      const isSame = said.every(({ link, offerKopecks }) =>
        offer.accounts.some((now) => now.link === link && now.offerKopecks === offerKopecks),
      );
      return isSame ? { outcome: 'same' } : { outcome: 'changed', ...offer };
    },

    /** Which sums go by card, and whether there are QR codes. */
    async ways({ messengerId }: Caller): Promise<PayWays> {
      return payWaysOf(edges, messengerId);
    },

    /**
     * What the QR code of a sum (whole kopecks above zero) for an account of the caller asks for; of the newest period that was charged.
     * `no-payee`: the operator has not set the requisites.
     */
    async paymentQr(
      caller: Caller,
      link: string,
      sumKopecks: Kopecks,
    ): Promise<NotAdmitted | Gone | { outcome: 'no-payee' } | (OrderedQr & { account: AccountTitle })> {
      checkLines([{ account: link, sumKopecks }]);
      const own = await ownAccount(db, caller, link, clock());
      if ('outcome' in own) return own;
      if (!settings.payee) return { outcome: 'no-payee' };
      const [newest] = await listChargedMonths(db, own.account);
      const period = newest ?? shiftPeriod(periodOf(localDay(clock(), settings.timeZone)), -1);
      const order = { payee: settings.payee, accountNumber: own.account, period, sumKopecks };
      return { ...orderedQr(order, edges.centre), account: titleOf(own) };
    },

    /**
     * Orders a payment for accounts of the caller, each with its sum in kopecks; the invoice is good for a day.
     * Throws a RangeError when there is no line, too many, an account twice, or a sum that is no whole number above zero.
     */
    async order(caller: Caller, wanted: readonly { link: string; sumKopecks: Kopecks }[]): Promise<NotAdmitted | Ordered> {
      checkLines(wanted.map(({ link, sumKopecks }) => ({ account: link, sumKopecks })));
      return idempotent(edges, caller, 'payments.order', async (trx): Promise<NotAdmitted | Ordered> => {
        const admitted = await admit(trx, caller, clock());
        if ('outcome' in admitted) return admitted;
        const lines: { account: string; sumKopecks: Kopecks }[] = [];
        for (const { link: id, sumKopecks } of wanted) {
          const link = isUuid(id) ? await findLink(trx, id) : undefined;
          if (!link || link.residentId !== admitted.residentId) return { outcome: 'gone' };
          lines.push({ account: link.account, sumKopecks });
        }
        return order(trx, { residentId: admitted.residentId, messengerId: caller.messengerId }, lines);
      });
    },

    /** The same for an account that the caller looked up as a guest (`office/accounts/guest-accounts.ts`). */
    async orderAsGuest(caller: Caller, guestAccount: string, sumKopecks: Kopecks): Promise<Ordered> {
      checkLines([{ account: guestAccount, sumKopecks }]);
      return idempotent(edges, caller, 'payments.orderAsGuest', async (trx): Promise<Ordered> => {
        const opened = await openGuestAccount(trx, caller, guestAccount, clock());
        if (!opened) return { outcome: 'gone' };
        const lines = [{ account: opened.account, sumKopecks }];
        return order(trx, { residentId: null, messengerId: caller.messengerId }, lines);
      });
    },
  };
}

function checkLines(lines: readonly { account: string; sumKopecks: Kopecks }[]): void {
  const fits =
    lines.length > 0 &&
    lines.length <= MOST_ACCOUNTS &&
    new Set(lines.map((line) => line.account)).size === lines.length &&
    lines.every(({ sumKopecks }) => Number.isSafeInteger(sumKopecks) && sumKopecks > 0);
  if (!fits) throw new RangeError('a payment has 1 to 20 accounts, each once and with a sum in whole kopecks above zero');
}

/** When the consent is withdrawn the payer is taken out of orders and payments; the payments stay for the books. */
export const forgetPayer: OnConsentWithdrawn = async (trx, { residentId, messengerIds }) => {
  // First: it finds the payments by their orders.
  await updatePayersGone(trx, residentId, messengerIds);
  await updatePaymentOrderersGone(trx, residentId, messengerIds);
};
