import { expect, test } from 'vitest';
import { createPaymentDocuments } from '../../../src/office/money/payment-documents.ts';
import { createPayments } from '../../../src/office/money/payments.ts';
import type { Centre } from '../../../src/office/centre.ts';
import { OFFICE_SETTINGS } from '../../kit/office-settings.ts';
import { DAY, openTown } from '../town.ts';

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
  return { ...town, link, payments: createPayments(edges), documents: createPaymentDocuments(edges) };
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

test('where it is not known what a receipt has to say, nothing is paid by card', async () => {
  const receipt = { from: '2019-01-01', taxSystem: 1, vat: 1, subject: 'service', mode: 'full_payment' } as const;
  const cards = { leastRoubles: 100, mostRoubles: 800_000, receiptTo: 'email', lateAfterDays: 5, countedForDays: 30 } as const;
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
