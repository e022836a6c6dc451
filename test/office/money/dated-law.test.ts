import { expect, test } from 'vitest';
import { createPaymentDocuments } from '../../../src/office/money/payment-documents.ts';
import { createPaymentIntake } from '../../../src/office/money/payment-intake.ts';
import { createPayments, type Invoice } from '../../../src/office/money/payments.ts';
import type { Centre } from '../../../src/office/centre.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { DAY, MINUTE, openTown } from '../town.ts';

/** What the bot does on 20 November 2026 and later where a table of `CENTRE_FILE` ends with the year. */
async function settle(change: Partial<Centre>) {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  await town.charge('0012345', '2026-10', 'Лифт', 1_000_00, { chargedKopecks: 1_000_00 });
  await town.link(1, '0012345', { sum: 500_01 });
  const links = await town.links.list(town.by(1));
  const link = links.outcome === 'listed' ? (links.accounts[0]?.link ?? '') : '';
  const centre = { ...town.edges.centre, ...change };
  const edges = { ...town.edges, centre, settings: { ...OFFICE_SETTINGS, ...town.edges.settings, cards: ['telegram'] } };
  return {
    ...town,
    link,
    payments: createPayments(edges),
    paymentIntake: createPaymentIntake(edges),
    documents: createPaymentDocuments(edges),
  };
}

const END = { until: '2026-12-31' };

test('where due days end, a document is shown without one, and the next has no day', async () => {
  const town = await settle({
    paymentDue: [{ from: '2005-03-01', ...END, day: 10 }],
    paymentDocumentReady: [{ from: '2005-03-01', ...END, day: 5 }],
  });
  expect(await town.documents.show(town.by(1), town.link, null)).toMatchObject({
    document: { payBy: '2026-11-10' },
    next: { period: '2026-11', by: '2026-12-05' },
  });
  await town.charge('0012345', '2026-12', 'Лифт', 2_000_00, { chargedKopecks: 1_000_00 });
  town.later(50 * DAY);
  expect(await town.documents.show(town.by(1), town.link, null)).toMatchObject({
    document: { period: '2026-12', payBy: null },
    next: { period: '2027-01', by: null, late: false },
  });
});

const receipt = { from: '2019-01-01', taxSystem: 1, vat: 1, subject: 'service', mode: 'full_payment' } as const;
const cards = { leastRoubles: 100, mostRoubles: 800_000, receiptTo: 'email', lateAfterDays: 5, countedForDays: 30 } as const;

test('where it is not known what a receipt has to say, nothing is paid by card', async () => {
  const town = await settle({ cards: { ...cards, receipts: [{ ...receipt, ...END }] } });
  const order = () => town.payments.order(town.by(1), [{ link: town.link, sumKopecks: 500_00 }]);
  expect((await town.payments.ways(town.by(1))).cardLimits).toEqual({ leastKopecks: 100_00, mostKopecks: 800_000_00 });
  expect(await order()).toMatchObject({ outcome: 'ordered', invoice: { receipt: { vat: 1 } } });
  town.later(50 * DAY);
  expect((await town.payments.ways(town.by(1))).cardLimits).toBe(null);
  expect(await town.payments.offer(town.by(1))).toMatchObject({ outcome: 'offered', ways: { cardLimits: null } });
  expect(await order()).toEqual({ outcome: 'not-by-card' });

  // Where the provider makes no receipts, there is nothing to be known.
  const bare = await settle({ cards: { ...cards, receipts: [] } });
  bare.later(50 * DAY);
  expect((await bare.payments.ways(bare.by(1))).cardLimits).not.toBe(null);
});

test('before the first rule nothing is paid by card either: an invoice would go out without a receipt', async () => {
  const town = await settle({ cards: { ...cards, receipts: [{ ...receipt, from: '2027-01-01' }] } });
  const order = () => town.payments.order(town.by(1), [{ link: town.link, sumKopecks: 500_00 }]);
  expect((await town.payments.ways(town.by(1))).cardLimits).toBe(null);
  expect(await order()).toEqual({ outcome: 'not-by-card' });
  town.later(50 * DAY);
  expect(await order()).toMatchObject({ outcome: 'ordered', invoice: { receipt: { vat: 1 } } });
});

test.each<[string, Centre['cards']['receipts'], string | undefined]>([
  [
    'another rule begins',
    [
      { ...receipt, ...END },
      { ...receipt, from: '2027-01-01', vat: 11 },
    ],
    'receipt',
  ],
  ['the last rule ends', [{ ...receipt, ...END }], 'receipt'],
  [
    'the same rule goes on',
    [
      { ...receipt, ...END },
      { ...receipt, from: '2027-01-01', source: 'НК РФ' },
    ],
    undefined,
  ],
  ['no receipts are made', [], undefined],
])('an invoice of ten to midnight, paid after it: %s', async (_, receipts, why) => {
  const town = await settle({ cards: { ...cards, receipts } });
  town.later(Date.parse('2026-12-31T20:50:00Z') - town.now().getTime());
  const ordered = await town.payments.order(town.by(1), [{ link: town.link, sumKopecks: 500_00 }]);
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  const checkout = (id: string, { order, totalKopecks }: Invoice) =>
    town.paymentIntake.checkout(town.by(1), { checkout: id, order, currency: 'RUB', totalKopecks });
  expect(await checkout('before', ordered.invoice)).toEqual({ outcome: 'ok' });
  town.later(20 * MINUTE);
  expect(await checkout('after', ordered.invoice)).toEqual(why ? { outcome: 'refused', why } : { outcome: 'ok' });
});
