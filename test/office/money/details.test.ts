import { expect, test } from 'vitest';
import { addSums } from '../../../src/domain/charge.ts';
import { openTown } from '../town.ts';

const ACCOUNT = '0012345';

async function openDetails() {
  const town = await openTown();
  await town.resident(1);
  await town.account(ACCOUNT, [
    ['2026-08-31', 1_00],
    ['2026-09-01', 500_01],
    ['2026-10-31', 200_00],
    ['2026-11-01', 3_00],
  ]);
  const heat = { unit: 'Гкал', supplier: 'Тепло' };
  await town.charge(ACCOUNT, '2026-08', 'Отопление', 10_00, { ...heat, volume: '9', tariff: '1' });
  await town.charge(ACCOUNT, '2026-09', 'Отопление', 110_00, {
    ...heat,
    openingKopecks: 10_00,
    chargedKopecks: 101_00,
    penaltyKopecks: 1_00,
    paidKopecks: 2_00,
    volume: '1.763',
    tariff: '2891.17',
  });
  await town.charge(ACCOUNT, '2026-10', 'Отопление', 210_00, {
    ...heat,
    openingKopecks: 110_00,
    chargedKopecks: 120_00,
    recalculatedKopecks: -20_00,
    grounds: 'поверка',
    volume: '0.237',
    tariff: '3180.28',
  });
  await town.charge(ACCOUNT, '2026-10', 'Содержание жилого помещения', 50_00, { volume: '76.3', unit: 'кв.м', tariff: '24.18' });
  const link = await town.link(1, ACCOUNT, { password: await town.password(ACCOUNT) });
  return { town, link };
}

test('totals by service and by month, of the range and nothing else', async () => {
  const { town, link } = await openDetails();
  expect(await town.details.months(town.by(1), link)).toMatchObject({
    outcome: 'listed',
    months: ['2026-11', '2026-10', '2026-09', '2026-08'],
  });
  expect(await town.details.totals(town.by(1), link, '2026-09', '2026-10')).toEqual({
    outcome: 'shown',
    account: { account: ACCOUNT, name: null, closed: false },
    paymentsDay: null,
    totals: {
      services: [
        {
          service: 'Содержание жилого помещения',
          ...addSums([]),
          chargedKopecks: 50_00,
          dueKopecks: 50_00,
          volume: { amount: '76.3', unit: 'кв.м' },
          tariffs: { least: '24.18', most: '24.18' },
        },
        {
          service: 'Отопление',
          ...addSums([]),
          openingKopecks: 10_00,
          chargedKopecks: 221_00,
          recalculatedKopecks: -20_00,
          penaltyKopecks: 1_00,
          paidKopecks: 2_00,
          dueKopecks: 210_00,
          volume: { amount: '2', unit: 'Гкал' },
          tariffs: { least: '2891.17', most: '3180.28' },
        },
      ],
      months: [
        { period: '2026-10', chargedKopecks: 170_00, paidKopecks: 0 },
        { period: '2026-09', chargedKopecks: 101_00, paidKopecks: 2_00 },
      ],
      sums: {
        ...addSums([]),
        openingKopecks: 10_00,
        chargedKopecks: 271_00,
        recalculatedKopecks: -20_00,
        penaltyKopecks: 1_00,
        paidKopecks: 2_00,
        dueKopecks: 260_00,
      },
      receivedKopecks: 700_01,
    },
  });
});

test('the sheet has every row of the range, newest first', async () => {
  const { town, link } = await openDetails();
  const read = await town.details.sheet(town.by(1), link, '2026-09', '2026-10');
  expect(read).toMatchObject({
    outcome: 'read',
    detail: {
      accountNumber: ACCOUNT,
      address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17',
      from: '2026-09',
      to: '2026-10',
      charges: [
        { period: '2026-10', service: 'Содержание жилого помещения', supplier: '' },
        {
          period: '2026-10',
          service: 'Отопление',
          supplier: 'Тепло',
          grounds: 'поверка',
          volume: '0.237',
          unit: 'Гкал',
          tariff: '3180.28',
        },
        { period: '2026-09', service: 'Отопление', dueKopecks: 110_00 },
      ],
      payments: [
        { day: '2026-10-31', sumKopecks: 200_00 },
        { day: '2026-09-01', sumKopecks: 500_01 },
      ],
    },
  });
});

test('months the wrong way round, too many, or without anything have no detail', async () => {
  const { town, link } = await openDetails();
  expect(await town.details.totals(town.by(1), link, '2026-10', '2026-09')).toEqual({ outcome: 'no-detail' });
  expect(await town.details.totals(town.by(1), link, '2023-10', '2026-10')).toEqual({ outcome: 'no-detail' });
  expect(await town.details.totals(town.by(1), link, '2023-11', '2026-10')).toMatchObject({ outcome: 'shown' });
  expect(await town.details.totals(town.by(1), link, '2025-01', '2025-12')).toEqual({ outcome: 'no-detail' });
  // Nothing charged yet, but paid.
  expect(await town.details.totals(town.by(1), link, '2026-11', '2026-11')).toMatchObject({
    totals: { services: [], months: [], receivedKopecks: 3_00, sums: { dueKopecks: 0 } },
  });
});

test('only through one’s own live link, and only when signed in', async () => {
  const { town, link } = await openDetails();
  await town.resident(2);
  const look = (person: number, ref = link) =>
    Promise.all([
      town.details.months(town.by(person), ref),
      town.details.totals(town.by(person), ref, '2026-09', '2026-10'),
      town.details.sheet(town.by(person), ref, '2026-09', '2026-10'),
    ]);
  const all = (outcome: string) => [{ outcome }, { outcome }, { outcome }];
  expect(await look(2)).toEqual(all('gone'));
  expect(await look(1, 'x')).toEqual(all('gone'));
  expect(await look(9)).toEqual(all('guest'));
  await town.links.unlink(town.by(1), link);
  expect(await look(1)).toEqual(all('gone'));
});
