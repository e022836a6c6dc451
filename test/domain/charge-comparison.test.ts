import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accruedOf, type Charge } from '../../src/domain/charge.ts';
import { compareCharges } from '../../src/domain/charge-comparison.ts';
import { charge as chargeOf } from '../kit/charge.ts';

const charge = (service: string, chargedKopecks: number, more: Partial<Charge> = {}) =>
  chargeOf({ service, chargedKopecks, ...more });
const water = (volume: string, tariff: string, kopecks = Math.round(Number(volume) * Number(tariff) * 100)) =>
  charge('Вода', kopecks, { volume, tariff, unit: 'куб.м' });

describe('one service', () => {
  const parts = (before: Charge[], now: Charge[]) => compareCharges(before, now).services[0]?.parts;

  test('more of it', () => {
    expect(parts([water('3', '41.63')], [water('5.1', '41.63')])).toEqual([
      { why: 'volume', sumKopecks: 87_42, before: '3', now: '5.1', unit: 'куб.м' },
    ]);
  });

  test('a dearer tariff', () => {
    expect(parts([water('10', '41.63')], [water('10', '45.79')])).toEqual([
      { why: 'tariff', sumKopecks: 41_60, before: '41.63', now: '45.79', unit: 'куб.м' },
    ]);
  });

  test('both: the volume at the old tariff, the tariff on what was used now; the kopeck of rounding goes with the tariff', () => {
    // 3.333 × 41.63 = 138.75, 5.555 × 45.79 = 254.36; 2.222 × 41.63 = 92.50, 5.555 × 4.16 = 23.11.
    expect(parts([water('3.333', '41.63')], [water('5.555', '45.79')])).toEqual([
      { why: 'volume', sumKopecks: 92_50, before: '3.333', now: '5.555', unit: 'куб.м' },
      { why: 'tariff', sumKopecks: 23_11, before: '41.63', now: '45.79', unit: 'куб.м' },
    ]);
  });

  test('a service that begins, one that ends', () => {
    const heat = charge('Отопление', 2_880_00, { volume: '0.9', unit: 'Гкал', tariff: '3200' });
    expect(parts([], [heat])).toEqual([{ why: 'new', sumKopecks: 2_880_00, volume: '0.9', unit: 'Гкал', tariff: '3200' }]);
    expect(parts([{ ...heat, chargedKopecks: 0, volume: '0' }], [heat])?.[0]?.why).toBe('new');
    expect(parts([heat], [])).toEqual([{ why: 'gone', sumKopecks: -2_880_00 }]);
  });

  test('neither volume nor tariff tell: not known, of another unit, or not what was charged', () => {
    expect(parts([charge('Лифт', 100_00)], [charge('Лифт', 120_00)])).toEqual([{ why: 'charge', sumKopecks: 20_00 }]);
    expect(parts([water('3', '40')], [{ ...water('4', '40'), unit: 'чел.' }])).toEqual([{ why: 'charge', sumKopecks: 40_00 }]);
    // A coefficient of one and a half.
    expect(parts([water('3', '40', 180_00)], [water('4', '40', 240_00)])).toEqual([{ why: 'charge', sumKopecks: 60_00 }]);
  });

  test('recalculation with its grounds, benefit; the biggest first; the penalty apart', () => {
    const before = charge('Вода', 500_00, { benefitKopecks: 50_00 });
    const now = charge('Вода', 500_00, { recalculatedKopecks: -70_00, grounds: 'Перерыв в подаче', penaltyKopecks: 3_00 });
    expect(parts([before], [now])).toEqual([
      { why: 'recalculation', sumKopecks: -70_00, beforeKopecks: 0, nowKopecks: -70_00, grounds: 'Перерыв в подаче' },
      { why: 'benefit', sumKopecks: 50_00, beforeKopecks: 50_00, nowKopecks: 0 },
    ]);
    expect(compareCharges([before], [now]).penalty).toEqual({ beforeKopecks: 0, nowKopecks: 3_00 });
  });

  test('suppliers of one service are one line, and their volumes add up at the same tariff', () => {
    expect(parts([water('3', '40')], [water('2', '40'), water('2.5', '40')])).toEqual([
      { why: 'volume', sumKopecks: 60_00, before: '3', now: '4.5', unit: 'куб.м' },
    ]);
    expect(parts([water('3', '40')], [water('2', '40'), water('2', '50')])).toEqual([{ why: 'charge', sumKopecks: 60_00 }]);
  });
});

test('what did not change is not told, the biggest change is told first', () => {
  const { services, ...sums } = compareCharges(
    [charge('А', 100_00), charge('Б', 200_00), charge('В', 300_00)],
    [charge('А', 101_00), charge('Б', 200_00), charge('В', 250_00)],
  );
  expect(sums).toEqual({ beforeKopecks: 600_00, nowKopecks: 551_00, penalty: { beforeKopecks: 0, nowKopecks: 0 } });
  expect(services.map(({ service, changeKopecks }) => [service, changeKopecks])).toEqual([
    ['В', -50_00],
    ['А', 1_00],
  ]);
});

test('whatever was charged, the parts add up to the difference, to the kopeck', () => {
  const decimal = (max: number) => fc.option(fc.nat(max * 1000).map((value) => String(value / 1000)));
  const kopecks = fc.integer({ min: -100_000, max: 1_000_000 });
  const row = fc
    .record({
      service: fc.constantFrom('Вода', 'Отопление', 'Лифт', 'Свет'),
      chargedKopecks: kopecks,
      recalculatedKopecks: fc.integer({ min: -10_000, max: 10_000 }),
      grounds: fc.option(fc.constantFrom('Акт', 'Заявление')),
      benefitKopecks: fc.nat(10_000),
      penaltyKopecks: fc.nat(1_000),
      volume: decimal(50),
      unit: fc.option(fc.constantFrom('куб.м', 'чел.')),
      tariff: decimal(300),
    })
    .map(chargeOf);
  // Half of the rows are charged by volume × tariff, as billing does.
  const calculated = row.map((each) =>
    each.volume && each.tariff ? { ...each, chargedKopecks: Math.round(Number(each.volume) * Number(each.tariff) * 100) } : each,
  );
  const month = fc.array(fc.oneof(row, calculated), { maxLength: 8 });
  const total = (sums: number[]) => sums.reduce((sum, each) => sum + each, 0);
  fc.assert(
    fc.property(month, month, (before, now) => {
      const comparison = compareCharges(before, now);
      expect(comparison.nowKopecks).toBe(total(now.map(accruedOf)));
      const { penalty } = comparison;
      expect(comparison.nowKopecks - comparison.beforeKopecks).toBe(
        total(comparison.services.map(({ changeKopecks }) => changeKopecks)) + penalty.nowKopecks - penalty.beforeKopecks,
      );
      for (const { changeKopecks, parts } of comparison.services) {
        expect(total(parts.map(({ sumKopecks }) => sumKopecks))).toBe(changeKopecks);
        expect(parts.every(({ sumKopecks }) => Number.isSafeInteger(sumKopecks) && sumKopecks !== 0)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
