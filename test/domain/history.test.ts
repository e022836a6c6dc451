import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculateDetail } from '../../src/domain/detail.ts';
import { accruedOf, addSums, type Charge } from '../../src/domain/charge.ts';
import { type PaidRow, calculateMonth, turnTo } from '../../src/domain/history.ts';
import { METER_ZONES } from '../../src/domain/meter-scale.ts';
import { calculateChart } from '../../src/domain/history-chart.ts';
import { type Period, shiftPeriod } from '../../src/domain/period.ts';
import { charge } from '../kit/charge.ts';

const period = fc.integer({ min: 0, max: 20 }).map((months) => shiftPeriod('2025-02', months));
const sum = fc.integer({ min: -50_000_000, max: 50_000_000 });
const SERVICES = ['Отопление', 'Вода', 'Свет', 'Газ', 'ТКО', 'Ремонт', 'Домофон', 'Лифт'];

/** A row such as billing makes it: what is due follows from the rest. */
const row = fc
  .record({
    period,
    service: fc.constantFrom(...SERVICES),
    openingKopecks: sum,
    chargedKopecks: sum,
    recalculatedKopecks: sum,
    benefitKopecks: fc.nat(100_000),
    penaltyKopecks: fc.nat(100_000),
    paidKopecks: fc.nat(50_000_000),
  })
  .map((one): Charge => charge({ ...one, dueKopecks: one.openingKopecks + accruedOf(one) - one.paidKopecks }));
const paid = fc.record({
  day: fc.tuple(period, fc.integer({ min: 1, max: 28 })).map(([month, day]) => `${month}-${String(day).padStart(2, '0')}`),
  sumKopecks: sum,
  source: fc.constantFrom('', 'Почта', 'СБП'),
});
const life = fc.record({ charges: fc.array(row, { maxLength: 60 }), payments: fc.array(paid, { maxLength: 30 }) });

const add = (sums: readonly number[]) => sums.reduce((total, one) => total + one, 0);

test('a month: its services add up to its sums, its sums to what is due, and no row or payment is lost or counted twice', () => {
  fc.assert(
    fc.property(life, ({ charges, payments }) => {
      const months = [...new Set([...charges.map((one) => one.period), ...payments.map(({ day }) => day.slice(0, 7) as Period)])];
      const calculated = months.map((month) => calculateMonth(month, charges, payments));
      for (const { charged } of calculated) {
        if (!charged) continue;
        expect(addSums(charged.services)).toEqual(charged.sums);
        expect(charged.sums.openingKopecks + accruedOf(charged.sums) - charged.sums.paidKopecks).toBe(charged.sums.dueKopecks);
      }
      expect(add(calculated.map(({ charged }) => charged?.sums.chargedKopecks ?? 0))).toBe(
        add(charges.map(({ chargedKopecks }) => chargedKopecks)),
      );
      expect(add(calculated.map(({ receivedKopecks }) => receivedKopecks))).toBe(
        add(payments.map(({ sumKopecks }) => sumKopecks)),
      );
      expect(calculated.flatMap((month) => month.payments)).toHaveLength(payments.length);
    }),
    { numRuns: 200 },
  );
});

test('where billing opens a month with what it closed the last one with, so does the history', () => {
  const flows = fc.array(fc.record({ charged: sum, paid: fc.nat(1_000_000) }), { minLength: 2, maxLength: 14 });
  fc.assert(
    fc.property(sum, flows, (start, months) => {
      let balance = start;
      const charges = months.map(({ charged: chargedKopecks, paid: paidKopecks }, i) => {
        const openingKopecks = balance;
        balance += chargedKopecks - paidKopecks;
        return charge({ period: shiftPeriod('2025-01', i), openingKopecks, chargedKopecks, paidKopecks, dueKopecks: balance });
      });
      const shown = charges.map((one) => calculateMonth(one.period, charges, []).charged?.sums);
      for (const [i, month] of shown.entries()) if (i > 0) expect(month?.openingKopecks).toBe(shown[i - 1]?.dueKopecks);
    }),
    { numRuns: 100 },
  );
});

test('a detail: services add up to the totals, months too, and nothing but the range’s ends opens and closes it', () => {
  fc.assert(
    fc.property(life, ({ charges, payments }) => {
      const { services, months, sums, receivedKopecks } = calculateDetail({ charges, payments, meterZones: METER_ZONES });
      expect(addSums(services)).toEqual(sums);
      expect(add(months.map(({ chargedKopecks }) => chargedKopecks))).toBe(sums.chargedKopecks);
      expect(add(months.map(({ paidKopecks }) => paidKopecks))).toBe(sums.paidKopecks);
      for (const key of ['chargedKopecks', 'recalculatedKopecks', 'benefitKopecks', 'penaltyKopecks', 'paidKopecks'] as const) {
        expect(sums[key]).toBe(add(charges.map((one) => one[key])));
      }
      const order = charges.map((one) => one.period).sort();
      const at = (month: Period | undefined, key: 'openingKopecks' | 'dueKopecks') =>
        add(charges.filter((one) => one.period === month).map((one) => one[key]));
      expect(sums.openingKopecks).toBe(at(order[0], 'openingKopecks'));
      expect(sums.dueKopecks).toBe(at(order.at(-1), 'dueKopecks'));
      expect(receivedKopecks).toBe(add(payments.map(({ sumKopecks }) => sumKopecks)));
    }),
    { numRuns: 200 },
  );
});

test('of a service that is charged by square metres or people a detail says by how many, where that stayed the same; of others what was used', () => {
  const volumeOf = (unit: string, ...volumes: string[]) => {
    const charges = volumes.map((volume, i) => charge({ period: shiftPeriod('2026-01', i), unit, volume }));
    return calculateDetail({ charges, payments: [], meterZones: METER_ZONES }).services[0]?.volume;
  };
  expect(volumeOf('кв.м', '76.3')).toEqual({ amount: '76.3', unit: 'кв.м' });
  expect(volumeOf('кв.м', '76.3', '76.30')).toEqual({ amount: '76.3', unit: 'кв.м' });
  expect(volumeOf('чел.', '3', '2')).toBeNull();
  expect(volumeOf('куб.м', '4.5', '4.5')).toEqual({ amount: '9', unit: 'куб.м' });
});

test('a chart: at most twelve months in a row and six groups, each month as much as its rows', () => {
  fc.assert(
    fc.property(life, ({ charges, payments }) => {
      const chart = calculateChart('0012345', charges, payments);
      const known = [...charges.map((one) => one.period), ...payments.map(({ day }) => day.slice(0, 7) as Period)].sort();
      expect(chart === undefined).toBe(known.length === 0);
      if (!chart) return;
      const { months, groups } = chart;
      expect(months.length).toBeLessThanOrEqual(12);
      expect(groups.length).toBeLessThanOrEqual(6);
      expect(months.at(-1)?.period).toBe(known.at(-1));
      const [oldest = '2025-01', newest = '2025-01'] = [known[0], known.at(-1)];
      const yearBefore = shiftPeriod(newest, -11);
      expect(months[0]?.period).toBe(oldest > yearBefore ? oldest : yearBefore);
      for (const [i, { period: month, paidKopecks }] of months.entries()) {
        if (i > 0) expect(month).toBe(shiftPeriod(months[i - 1]?.period ?? '2025-01', 1));
        const of = calculateMonth(month, charges, payments);
        expect(paidKopecks).toBe(of.receivedKopecks);
        expect(add(groups.map(({ sumsKopecks }) => sumsKopecks[i] ?? Number.NaN))).toBe(
          of.charged ? accruedOf(of.charged.sums) : 0,
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('turning goes through every month once, from the newest to the oldest and back', () => {
  fc.assert(
    fc.property(fc.array(period, { minLength: 1 }), (months) => {
      const ordered = [...new Set(months)].sort();
      const seen: Period[] = [];
      for (let place = turnTo(months, undefined); place; place = place.earlier ? turnTo(months, place.earlier) : undefined) {
        seen.unshift(place.period);
        expect(turnTo(months, place.period)).toEqual(place);
      }
      expect(seen).toEqual(ordered);
      expect(turnTo(months, ordered[0])?.later ?? null).toBe(ordered[1] ?? null);
    }),
  );
  expect(turnTo([], undefined)).toBeUndefined();
});

test('payments of a month are those dated in it', () => {
  const payments: PaidRow[] = [
    { day: '2026-09-30', sumKopecks: 1, source: '' },
    { day: '2026-10-01', sumKopecks: 2, source: '' },
    { day: '2026-10-31', sumKopecks: -4, source: '' },
    { day: '2026-11-01', sumKopecks: 8, source: '' },
  ];
  expect(calculateMonth('2026-10', [], payments)).toMatchObject({ receivedKopecks: -2, charged: null });
});
