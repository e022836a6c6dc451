import { expect, test } from 'vitest';
import { openTown } from '../town.ts';

const ACCOUNT = '0012345';
const ALIEN = '0000000a-0000-4000-8000-000000000000';

/** An account charged for August and October, paid in August, October and November. */
async function openHistory() {
  const town = await openTown();
  await town.resident(1);
  await town.account(ACCOUNT, [
    ['2026-08-03', 100_00],
    ['2026-10-12', 500_01],
    ['2026-10-31', -1],
    ['2026-11-02', 70_00],
  ]);
  await town.paymentsAreOf('2026-11-18');
  await town.charge(ACCOUNT, '2026-08', 'Отопление', 90_00);
  await town.charge(ACCOUNT, '2026-10', 'Отопление', 2_010_00, {
    openingKopecks: 90_00,
    chargedKopecks: 1_910_00,
    penaltyKopecks: 10_00,
  });
  await town.charge(ACCOUNT, '2026-10', 'Водоснабжение', 300_00, { supplier: 'Водоканал' });
  await town.charge(ACCOUNT, '2026-10', 'Водоснабжение', 40_00, {
    supplier: 'Прежний',
    chargedKopecks: 60_00,
    recalculatedKopecks: -15_00,
    benefitKopecks: 5_00,
    paidKopecks: 0,
  });
  const link = await town.link(1, ACCOUNT, { password: await town.password(ACCOUNT) });
  return { town, link };
}

test('the newest month first, each with what stands beside it', async () => {
  const { town, link } = await openHistory();
  const month = (wanted: Parameters<typeof town.history.month>[2]) => town.history.month(town.by(1), link, wanted);

  expect(await month(null)).toEqual({
    outcome: 'shown',
    account: { account: ACCOUNT, name: null, closed: false },
    month: {
      period: '2026-11',
      payments: [{ day: '2026-11-02', sumKopecks: 70_00, source: '' }],
      receivedKopecks: 70_00,
      underWay: [],
      charged: null,
    },
    earlier: '2026-10',
    later: null,
    paymentsDay: '2026-11-18',
  });
  expect(await month('2026-10')).toMatchObject({
    month: {
      payments: [
        { day: '2026-10-31', sumKopecks: -1 },
        { day: '2026-10-12', sumKopecks: 500_01 },
      ],
      receivedKopecks: 500_00,
      charged: {
        services: [
          { service: 'Отопление', chargedKopecks: 1_910_00 },
          { service: 'Водоснабжение', chargedKopecks: 360_00 },
        ],
        sums: {
          openingKopecks: 90_00,
          chargedKopecks: 2_270_00,
          recalculatedKopecks: -15_00,
          benefitKopecks: 5_00,
          penaltyKopecks: 10_00,
          dueKopecks: 2_350_00,
        },
      },
    },
    earlier: '2026-08',
    later: '2026-11',
  });
  expect(await month('2026-08')).toMatchObject({ month: { period: '2026-08' }, earlier: null, later: '2026-10' });
});

test('a month that has nothing any more gives way to the nearest before it, else to the first', async () => {
  const { town, link } = await openHistory();
  expect(await town.history.month(town.by(1), link, '2026-09')).toMatchObject({ month: { period: '2026-08' }, later: '2026-10' });
  expect(await town.history.month(town.by(1), link, '1999-01')).toMatchObject({ month: { period: '2026-08' }, earlier: null });
  expect(await town.history.month(town.by(1), link, '2099-01')).toMatchObject({ month: { period: '2026-11' }, later: null });
  await town.db.deleteFrom('charges').where('period', '=', '2026-10-01').execute();
  await town.db.deleteFrom('payments').where('day', '>=', '2026-10-01').execute();
  expect(await town.history.month(town.by(1), link, '2026-10')).toMatchObject({
    month: { period: '2026-08' },
    earlier: null,
    later: null,
  });
});

test('the picture ends with the newest month; months between are zeros', async () => {
  const { town, link } = await openHistory();
  expect(await town.history.chart(town.by(1), link)).toEqual({
    outcome: 'drawn',
    account: { account: ACCOUNT, name: null, closed: false },
    chart: {
      accountNumber: ACCOUNT,
      months: [
        { period: '2026-08', paidKopecks: 100_00 },
        { period: '2026-09', paidKopecks: 0 },
        { period: '2026-10', paidKopecks: 500_00 },
        { period: '2026-11', paidKopecks: 70_00 },
      ],
      groups: [
        { service: 'Отопление', sumsKopecks: [90_00, 0, 1_920_00, 0] },
        { service: 'Водоснабжение', sumsKopecks: [0, 0, 340_00, 0] },
      ],
    },
  });
});

test('an account without charges and payments is said to have none', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account(ACCOUNT);
  const link = await town.link(1, ACCOUNT, { password: await town.password(ACCOUNT) });
  const account = { account: ACCOUNT, name: null, closed: false };
  expect(await town.history.month(town.by(1), link, null)).toEqual({ outcome: 'empty', account });
  expect(await town.history.chart(town.by(1), link)).toEqual({ outcome: 'empty', account });
});

test('only through one’s own live link, and only when signed in', async () => {
  const { town, link } = await openHistory();
  await town.resident(2);
  for (const wrong of [ALIEN, '', 'x', "'; drop table links", ACCOUNT]) {
    expect(await town.history.month(town.by(1), wrong, null)).toEqual({ outcome: 'gone' });
  }
  expect(await town.history.month(town.by(2), link, null)).toEqual({ outcome: 'gone' });
  expect(await town.history.chart(town.by(2), link)).toEqual({ outcome: 'gone' });
  expect(await town.history.month(town.by(9), link, null)).toEqual({ outcome: 'guest' });
  expect(await town.history.chart(town.by(9), link)).toEqual({ outcome: 'guest' });
  await town.links.unlink(town.by(1), link);
  expect(await town.history.month(town.by(1), link, null)).toEqual({ outcome: 'gone' });
});
