import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimatePenalty } from '../../../src/domain/penalty.ts';
import { charge } from '../../kit/charge.ts';
import { DAY, openTown } from '../town.ts';
import * as make from '../../kit/make.ts';

/** What is said beside debts, whatever they are. */
const BESIDE = {
  ways: { cardLimits: { leastKopecks: 100_00, mostKopecks: 800_000_00 }, qr: true },
  largeDebt: { fromKopecks: 20_000_00, text: 'Трудно заплатить сразу? Напишите нам о рассрочке.' },
};

test('the latest period less what was paid after it, by service, penalty apart', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [
    ['2026-10-10', 500_01],
    ['2026-10-31', 11_11],
    ['2026-11-01', 700_00],
    ['2026-11-05', -200_00],
  ]);
  await town.paymentsAreOf('2026-11-18');
  await town.charge('0012345', '2026-09', 'Отопление', 9_999_99);
  await town.charge('0012345', '2026-10', 'Отопление', 2_010_00, { penaltyKopecks: 10_00 });
  await town.charge('0012345', '2026-10', 'Водоснабжение', 300_00, { supplier: 'Водоканал' });
  await town.charge('0012345', '2026-10', 'Водоснабжение', 50_00, { supplier: 'Прежний' });
  await town.charge('0012345', '2026-10', 'Вывоз ТКО', -40_00);
  await town.link(1, '0012345', { sum: 511_12 }).catch(() => undefined);
  // November is the last month with payments: 500,00, a round sum; the way by password is open.
  await town.link(1, '0012345', { password: await town.password('0012345') });

  expect(await town.debts.show(town.by(1))).toEqual({
    outcome: 'shown',
    debts: [
      {
        account: '0012345',
        name: null,
        address: 'г. Приморск-на-Миусе, ул. Портовая, д. 5, кв. 17',
        closed: false,
        underWayKopecks: 0,
        deductedKopecks: 0,
        strayed: [],
        charged: true,
        period: '2026-10',
        sums: expect.objectContaining({ penaltyKopecks: 10_00, dueKopecks: 2_320_00 }) as object,
        services: [
          { service: 'Вывоз ТКО', sumKopecks: -40_00 },
          { service: 'Отопление', sumKopecks: 2_000_00 },
          { service: 'Водоснабжение', sumKopecks: 350_00 },
        ],
        penaltyKopecks: 10_00,
        paidSinceKopecks: 500_00,
        totalKopecks: 1_820_00,
        link: expect.any(String),
        offerKopecks: 1_820_00,
        payBy: '2026-11-15',
        isPayByOver: true,
        // Without the penalty 1 810,00, overdue since November 15; day 31 is December 16: 16 days of 9,5 % / 300.
        penalty: {
          until: '2026-12-31',
          billedKopecks: 10_00,
          addedKopecks: 9_17,
          overdueKopecks: 1_810_00,
          startsOn: '2026-12-16',
          ends: null,
        },
      },
    ],
    total: { dueKopecks: 1_820_00, overpaidKopecks: 0 },
    paymentsDay: '2026-11-18',
    ...BESIDE,
  });
});

test('the penalty on a debt of many months is reckoned by all of them', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-01-10', 500_01]]);
  await town.link(1, '0012345', { sum: 500_01 });
  const periods = ['2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'] as const;
  let opening = 0;
  for (const period of periods) {
    await town.charge('0012345', period, 'Лифт', opening + 100_00, { openingKopecks: opening, chargedKopecks: 100_00 });
    opening += 100_00;
  }
  const months = periods.map((period) => charge({ period, chargedKopecks: 100_00 }));
  const dates = { today: '2026-11-20', until: '2026-12-31' };
  const { centre } = town.edges;
  const shown = await town.debts.show(town.by(1));
  const penalty = shown.outcome === 'shown' ? shown.debts[0]?.penalty : undefined;
  expect(penalty).toEqual(estimatePenalty(months, 800_00, dates, centre));
  // From November 1 to December 31, each of 100 × 9,5 %: March to June 61 days / 130 (4 × 4,46), July 13 / 300 and 48 / 130 (3,92), August
  // 44 / 300 and 17 / 130 (2,64), September 47 / 300 (1,49), October 16 / 300 (0,51).
  expect(penalty?.addedKopecks).toBe(4 * 4_46 + 3_92 + 2_64 + 1_49 + 51);
});

test('on December 1, 2026 the estimate ends with the year, and names the rule that ends; next year there is none', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-01-10', 500_01]]);
  await town.link(1, '0012345', { sum: 500_01 });
  await town.charge('0012345', '2026-10', 'Лифт', 1_000_00, { chargedKopecks: 1_000_00 });
  const source = 'постановление Правительства РФ от 18.03.2025 № 329';
  const penalty = async () => {
    const shown = await town.debts.show(town.by(1));
    return shown.outcome === 'shown' ? shown.debts[0]?.penalty : undefined;
  };
  town.later(11 * DAY);
  // Day 31 is December 16: 16 days of 1000 × 9,5 % / 300.
  expect(await penalty()).toEqual({
    until: '2026-12-31',
    billedKopecks: 0,
    addedKopecks: 5_07,
    overdueKopecks: 1_000_00,
    startsOn: '2026-12-16',
    ends: { day: '2026-12-31', source, passed: false },
  });
  town.later(40 * DAY);
  expect(await penalty()).toMatchObject({
    until: '2026-12-31',
    addedKopecks: 5_07,
    ends: { day: '2026-12-31', source, passed: true },
  });
  await town.charge('0012345', '2026-12', 'Лифт', 2_000_00, { openingKopecks: 1_000_00, chargedKopecks: 1_000_00 });
  expect(await penalty()).toMatchObject({ addedKopecks: 0, ends: { day: '2026-12-31', source, passed: true } });
});

test('on the very day to pay it is not too late yet, on the next one it is', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  await town.charge('0012345', '2026-11', 'Отопление', 100_00);
  await town.link(1, '0012345', { password: await town.password('0012345') });
  const isOver = async () => {
    const shown = await town.debts.show(town.by(1));
    const [debt] = shown.outcome === 'shown' ? shown.debts : [];
    return debt?.charged ? [debt.payBy, debt.isPayByOver] : undefined;
  };
  town.later(25 * DAY);
  expect(await isOver()).toEqual(['2026-12-15', false]);
  town.later(DAY);
  expect(await isOver()).toEqual(['2026-12-15', true]);
});

test('several accounts, one of them never charged, and the total', async () => {
  const town = await openTown();
  await town.resident(1);
  for (const account of ['0000001', '0000002', '0000003']) await town.account(account, [['2026-10-10', 500_01]]);
  await town.charge('0000001', '2026-10', 'Отопление', 100_00);
  await town.charge('0000002', '2026-10', 'Отопление', -30_00);
  for (const account of ['0000001', '0000002', '0000003']) await town.link(1, account, { sum: 500_01 });
  expect(await town.debts.show(town.by(1))).toMatchObject({
    debts: [{ totalKopecks: 100_00 }, { totalKopecks: -30_00 }, { account: '0000003', charged: false }],
    // What is overpaid on one account pays nothing on another.
    total: { dueKopecks: 100_00, overpaidKopecks: 30_00 },
    paymentsDay: null,
    ...BESIDE,
  });
});

test('only one’s own accounts, and a guest has none', async () => {
  const town = await openTown();
  for (const person of [1, 2]) await town.resident(person);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  await town.link(1, '0012345', { sum: 500_01 });
  expect(await town.debts.show(town.by(2))).toEqual({
    outcome: 'shown',
    debts: [],
    total: { dueKopecks: 0, overpaidKopecks: 0 },
    paymentsDay: null,
    ...BESIDE,
  });
  expect(await town.debts.show(town.by(9))).toEqual({ outcome: 'guest' });
});

test('whatever the charges and payments are, a plain recomputation agrees', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-01-10', 500_01]]);
  await town.link(1, '0012345', { sum: 500_01 });
  const sum = fc.integer({ min: -1_000_000, max: 1_000_000 }).filter((kopecks) => kopecks !== 0);
  const charges = fc.uniqueArray(
    fc.record({
      period: fc.constantFrom('2026-08', '2026-09', '2026-10'),
      service: fc.constantFrom('Отопление', 'Вода'),
      supplier: fc.constantFrom('', 'А', 'Б'),
      due: sum,
      penalty: fc.nat(1000),
    }),
    { minLength: 1, selector: ({ period, service, supplier }) => `${period}${service}${supplier}` },
  );
  const payments = fc.array(fc.tuple(fc.constantFrom('2026-08-31', '2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01'), sum));
  await fc.assert(
    fc.asyncProperty(charges, payments, async (charged, paid) => {
      await town.db.deleteFrom('charges').execute();
      await town.db.deleteFrom('payments').execute();
      for (const { period, service, supplier, due, penalty } of charged) {
        await town.charge('0012345', period, service, due, { supplier, penaltyKopecks: penalty });
      }
      const rows = paid.map(([day, sumKopecks], i) => ({ account: '0012345', day, sumKopecks, operation: String(i) }));
      if (rows.length > 0) await make.payment(town.db, ...rows);

      const last = charged
        .map((each) => each.period)
        .sort()
        .at(-1) as string;
      let total = 0;
      for (const each of charged) if (each.period === last) total += each.due;
      for (const [day, kopecks] of paid) if (day.slice(0, 7) > last) total -= kopecks;
      expect(await town.debts.show(town.by(1))).toMatchObject({
        total: { dueKopecks: Math.max(0, total), overpaidKopecks: Math.max(0, -total) },
        debts: [{ period: last, totalKopecks: total }],
      });
    }),
    { numRuns: 40 },
  );
});

test('whose phone somebody else proved to be his sees nothing before a new one is confirmed', async () => {
  const town = await openTown();
  await town.resident(1);
  await town.account('0012345', [['2026-10-10', 500_01]]);
  await town.link(1, '0012345', { sum: 500_01 });
  await town.db.updateTable('residents').set({ phone: null }).execute();
  expect(await town.debts.show(town.by(1))).toEqual({ outcome: 'phone-to-confirm' });
  expect(await town.links.list(town.by(1))).toEqual({ outcome: 'phone-to-confirm' });
});
