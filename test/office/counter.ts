import { createGuestAccounts } from '../../src/office/accounts/guest-accounts.ts';
import { createPayments, type Invoice } from '../../src/office/money/payments.ts';
import { createPaymentIntake, type TakenPayment } from '../../src/office/money/payment-intake.ts';
import { OFFICE_SETTINGS } from '../kit/office-settings.ts';
import { number, openTown } from './town.ts';

/** A town with a counter: one resident (1) with `0012345`, who owes 1 000,50 ₽, and `0022222`, who owes nothing. */
export async function openCounter() {
  const town = await openTown();
  const settings = OFFICE_SETTINGS;
  const edges = { ...town.edges, settings };
  const payments = createPayments(edges);
  const paymentIntake = createPaymentIntake(edges);
  await town.resident(1);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  await town.account('0022222', [['2026-10-10', 500_01]]);
  await town.charge('0012345', '2026-10', 'Отопление', 1_000_50);
  const links = [await town.link(1, '0012345', { sum: 500_01 }), await town.link(1, '0022222', { sum: 500_01 })] as const;
  let charges = 0;

  /** What Telegram says of an invoice that was paid. */
  const takenFor = ({ order, totalKopecks }: Invoice, number = ++charges): TakenPayment => ({
    order,
    currency: 'RUB',
    totalKopecks,
    chargeId: `tg-${number}`,
    providerChargeId: `ch_${number}`,
    paidAt: town.now().toISOString(),
  });

  return {
    ...town,
    edges,
    payments,
    paymentIntake,
    /** The resident's links to the two accounts, and the desk that ends them. */
    links,
    desks: town.links,
    takenFor,

    async ordered(...sums: readonly number[]): Promise<Invoice> {
      const wanted = sums.map((sumKopecks, i) => ({ link: links[i] ?? '', sumKopecks }));
      const done = await payments.order(town.by(1), wanted);
      if (done.outcome !== 'ordered') throw new Error(done.outcome);
      return done.invoice;
    },

    /** What a guest has looked up. */
    async lookUp(person: number, account: string): Promise<string> {
      const looked = await createGuestAccounts(edges).look(town.by(person), number(account));
      if (looked.outcome !== 'found') throw new Error(looked.outcome);
      return looked.guestAccount;
    },

    checkout: ({ order, totalKopecks }: Invoice, person = 1, checkout = `c-${town.by(1).idempotencyKey}`, currency = 'RUB') =>
      paymentIntake.checkout(town.by(person), { checkout, order, currency, totalKopecks }),

    pay: (invoice: Invoice, person = 1) => paymentIntake.credit(town.by(person), takenFor(invoice)),

    lines: () =>
      town.db.selectFrom('cardPaymentLines').select(['operation', 'account', 'sumKopecks']).orderBy('operation').execute(),

    told: async () => (await town.escalations()).map(({ kind, words }) => ({ kind, ...words })),
  };
}

export type Counter = Awaited<ReturnType<typeof openCounter>>;
