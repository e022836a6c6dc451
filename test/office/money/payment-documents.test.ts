import { expect, test } from 'vitest';
import { writePaymentQr } from '../../../src/domain/payment-qr.ts';
import { type Period, parsePeriod } from '../../../src/domain/period.ts';
import { createPaymentDocuments } from '../../../src/office/money/payment-documents.ts';
import { TOWN_PAYEE } from '../../../src/sandbox/town/payee.ts';
import { DAY, openTown } from '../town.ts';
import { charge } from '../../kit/charge.ts';
import * as make from '../../kit/make.ts';

const ACCOUNT = '0012345';
const period = (text: string) => parsePeriod(text) as Period;

async function chargedTown() {
  const town = await openTown();
  for (const person of [1, 2]) await town.resident(person);
  await town.account(ACCOUNT, [
    ['2026-09-10', 300_00],
    ['2026-10-10', 500_01],
    ['2026-10-20', 100_00],
    ['2026-10-20', -100_00],
  ]);
  await town.db
    .updateTable('accounts')
    .set({ unifiedNumber: '61АА100000', area: '54.3', residents: 3 })
    .where('number', '=', ACCOUNT)
    .execute();
  const link = await town.link(1, ACCOUNT, { sum: 500_01 });
  await make.meter(town.db, {
    account: ACCOUNT,
    number: '77',
    service: 'Вода',
    value: '118.4',
    valueDay: '2026-09-20',
    verificationDue: '2027-01-01',
    digits: 5,
  });
  // A registry of meters replaces what it had, the value of before is kept.
  await town.db.deleteFrom('meters').execute();
  await make.meter(town.db, {
    account: ACCOUNT,
    number: '77',
    service: 'Вода',
    value: '123.456',
    valueDay: '2026-10-20',
    verificationDue: '2027-01-01',
    digits: 5,
  });
  await town.charge(ACCOUNT, '2026-02', 'Вода', 100_00);
  await town.charge(ACCOUNT, '2026-09', 'Вода', 120_00);
  await town.charge(ACCOUNT, '2026-10', 'Отопление', 1_030_00, {
    supplier: 'Тепло',
    openingKopecks: 500_01,
    chargedKopecks: 1_100_00,
    recalculatedKopecks: -60_00,
    grounds: 'Акт',
    benefitKopecks: 15_00,
    penaltyKopecks: 5_00,
    paidKopecks: 500_01,
    volume: '0.35',
    unit: 'Гкал',
    tariff: '3142.86',
    norm: '0.0231',
  });
  await town.charge(ACCOUNT, '2026-10', 'Вода', 120_00);
  return { town, link };
}

test('the latest document holds all that the registries have, and its QR code the sum as billed', async () => {
  const { town, link } = await chargedTown();
  const shown = await town.paymentDocuments.show(town.by(1), link, null);
  expect(shown).toMatchObject({
    outcome: 'shown',
    dueKopecks: 1_150_00,
    paidSinceKopecks: 0,
    isLatest: true,
    others: 2,
    next: { period: '2026-11', by: '2026-12-05', late: false },
    document: {
      period: '2026-10',
      latestPeriod: '2026-10',
      accountNumber: ACCOUNT,
      unifiedNumber: '61АА100000',
      payer: { name: 'Иванов И. И.', address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17', area: '54.3', residents: 3 },
      centre: {
        name: 'АО ВЦ «Инкомус»',
        address: 'г. Приморск-на-Миусе, ул. Портовая, 12',
        email: 'info@example.org',
        site: 'https://inkomus.ru',
        emergency: [expect.objectContaining({ number: expect.any(String) })],
      },
      performers: [],
      payee: TOWN_PAYEE,
      payBy: '2026-11-15',
      // What was taken back on the same day is no payment.
      lastPayment: { day: '2026-10-10', sumKopecks: 500_01 },
      meters: [
        {
          number: '77',
          scale: '',
          service: 'Вода',
          previous: { day: '2026-09-20', value: '118.4' },
          value: '123.456',
          valueDay: '2026-10-20',
          used: '5.056',
          verificationDue: '2027-01-01',
        },
      ],
      dataDay: null,
    },
  });
  expect(shown.outcome === 'shown' && shown.document.lines).toEqual([
    expect.objectContaining({ service: 'Вода', supplier: '', chargedKopecks: 120_00, dueKopecks: 120_00 }),
    charge({
      supplier: 'Тепло',
      unit: 'Гкал',
      volume: '0.35',
      tariff: '3142.86',
      norm: '0.0231',
      openingKopecks: 500_01,
      chargedKopecks: 1_100_00,
      recalculatedKopecks: -60_00,
      grounds: 'Акт',
      benefitKopecks: 15_00,
      penaltyKopecks: 5_00,
      paidKopecks: 500_01,
      dueKopecks: 1_030_00,
    }),
  ]);

  const ordered = await town.paymentDocuments.order(town.by(1), link, null);
  expect(ordered).toMatchObject({ outcome: 'ordered', dueKopecks: 1_150_00, isLatest: true });
  if (ordered.outcome !== 'ordered') throw new Error(ordered.outcome);
  expect(writePaymentQr(ordered.order).text).toMatch(/\|Sum=115000\|PersAcc=0012345\|PaymPeriod=102026\|/);
});

test('who supplies its services is told of as far as the settings file knows; where it has no address, the first point’s stands', async () => {
  const { town, link } = await chargedTown();
  const performers = [
    { name: 'Тепло', phone: '+7 (8634) 00-05-05' },
    { name: 'Другие', phone: '1' },
  ];
  const { address: _, hours: __, ...centre } = { ...town.edges.centre, performers };
  const shown = await createPaymentDocuments({ ...town.edges, centre }).show(town.by(1), link, null);
  const [point] = centre.paymentPoints;
  expect(shown).toMatchObject({
    document: {
      centre: { address: point?.address, hours: point?.hours },
      performers: [{ name: 'Тепло', phone: '+7 (8634) 00-05-05', address: null, hours: null, emergency: null }],
    },
  });
});

test('an older document asks for no sum, is paid by the day that held then, and knows only the payments of its time', async () => {
  const { town, link } = await chargedTown();
  expect(await town.paymentDocuments.show(town.by(1), link, period('2026-09'))).toMatchObject({
    outcome: 'shown',
    isLatest: false,
    document: {
      period: '2026-09',
      latestPeriod: '2026-10',
      payBy: '2026-10-15',
      lastPayment: { day: '2026-09-10', sumKopecks: 300_00 },
    },
  });
  expect(await town.paymentDocuments.show(town.by(1), link, period('2026-02'))).toMatchObject({
    // What the meter shows now is none of that month's.
    document: { payBy: '2026-03-15', lastPayment: null, meters: [{ number: '77', value: null, previous: null, used: null }] },
  });
  const ordered = await town.paymentDocuments.order(town.by(1), link, period('2026-09'));
  expect(ordered).toMatchObject({ outcome: 'ordered', isLatest: false, order: { sumKopecks: null, period: '2026-09' } });
});

test('what was paid after the latest period is told beside the sum as billed', async () => {
  const { town, link } = await chargedTown();
  await make.payment(town.db, { account: ACCOUNT, day: '2026-11-03', sumKopecks: 400_00, operation: 'later' });
  expect(await town.paymentDocuments.show(town.by(1), link, null)).toMatchObject({
    dueKopecks: 1_150_00,
    paidSinceKopecks: 400_00,
    document: { lastPayment: { day: '2026-10-10' } },
  });
  expect(await town.paymentDocuments.order(town.by(1), link, null)).toMatchObject({
    paidSinceKopecks: 400_00,
    order: { sumKopecks: 1_150_00 },
  });
});

test('a document that is not there yet, that is late, and that never was', async () => {
  const { town, link } = await chargedTown();
  const show = (month: string) => town.paymentDocuments.show(town.by(1), link, period(month));
  const next = { period: '2026-11', by: '2026-12-05', late: false };
  expect(await show('2026-11')).toMatchObject({ outcome: 'not-there', period: '2026-11', latest: '2026-10', next });
  expect(await show('2026-05')).toMatchObject({ outcome: 'not-there', period: '2026-05', latest: '2026-10', next });
  town.later(16 * DAY);
  await town.signInAnew();
  expect(await show('2026-11')).toMatchObject({ next: { period: '2026-11', by: '2026-12-05', late: true } });
});

test('before the first charges: by which day they are expected; of a closed account: never', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0000001', [['2026-10-10', 500_01]]);
  await town.account('0000002', [['2026-10-10', 500_01]], { closed: true });
  const [open, closed] = [await town.link(1, '0000001', { sum: 500_01 }), await town.link(1, '0000002', { sum: 500_01 })];
  expect(await town.paymentDocuments.show(town.by(1), open, null)).toMatchObject({
    outcome: 'not-there',
    latest: null,
    next: { period: '2026-11', by: '2026-12-05', late: false },
  });
  expect(await town.paymentDocuments.order(town.by(1), closed, null)).toMatchObject({ outcome: 'not-there', next: null });
  expect(await town.paymentDocuments.periods(town.by(1), open)).toMatchObject({ periods: [] });
});

test('without requisites there is a document and no QR code', async () => {
  const { town, link } = await chargedTown();
  const desk = createPaymentDocuments({ ...town.edges, settings: { timeZone: 'Europe/Moscow', payee: null } });
  expect(await desk.show(town.by(1), link, null)).toMatchObject({ outcome: 'shown', document: { payee: null } });
  expect(await desk.order(town.by(1), link, null)).toEqual({ outcome: 'no-payee' });
});

test('only one’s own: another’s link, a made-up one, an ended one, a guest', async () => {
  const { town, link } = await chargedTown();
  const { paymentDocuments: desk } = town;
  for (const verb of [
    (person: number, ref: string) => desk.show(town.by(person), ref, null),
    (person: number, ref: string) => desk.order(town.by(person), ref, null),
    (person: number, ref: string) => desk.periods(town.by(person), ref),
  ]) {
    expect(await verb(2, link)).toEqual({ outcome: 'gone' });
    expect(await verb(1, '0012345')).toEqual({ outcome: 'gone' });
    expect(await verb(9, link)).toEqual({ outcome: 'guest' });
  }
  expect(await desk.periods(town.by(1), link)).toMatchObject({ periods: ['2026-10', '2026-09', '2026-02'] });
  await town.links.unlink(town.by(1), link);
  expect(await desk.show(town.by(1), link, null)).toEqual({ outcome: 'gone' });
});
