import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/local-day.ts';
import { monthlyUses, unusualSince, usesByMonth } from '../../src/domain/usual-use.ts';

const water = { service: 'Холодное водоснабжение', last: '2026-10-21', today: '2026-11-20' };

test('months are told apart by values and their days; what went down tells nothing', () => {
  const past = [
    { day: '2026-09-21', value: 120_000 },
    { day: '2026-06-21', value: 90_000 },
    { day: '2026-10-20', value: 125_000 },
    { day: '2026-11-20', value: 3_000 },
  ];
  expect(monthlyUses(past)).toEqual([Math.round(30_000 / (92 / (365.25 / 12))), 5_000]);
  expect(monthlyUses([])).toEqual([]);
});

test('four times the median is unusual, and one wild month does not move it', () => {
  expect(unusualSince(water, [9_000, 10_000, 11_000], [])).toBe(40_000);
  expect(unusualSince(water, [9_000, 10_000, 11_000, 900_000], [])).toBe(42_000);
});

test('a household may come home to an empty house: some use is never unusual', () => {
  expect(unusualSince(water, [0, 0, 0, 0], [])).toBe(20_000);
  expect(unusualSince({ ...water, service: 'Электроснабжение' }, [0, 0, 0], [])).toBe(400_000);
});

test('while the meter has few months of its own, those of the service stand in; without any, only the wild is unusual', () => {
  expect(unusualSince(water, [1_000], [10_000, 12_000, 14_000])).toBe(48_000);
  expect(unusualSince(water, [1_000], [10_000])).toBe(100_000);
});

test('after half a year without a reading six times as much is usual', () => {
  const half = unusualSince({ ...water, last: '2026-05-20', today: '2026-11-20' }, [10_000, 10_000, 10_000], []);
  expect(half).toBeGreaterThan(239_000);
  expect(half).toBeLessThan(243_000);
});

test('a meter that goes on as it always did is never unusual', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500_000 }), fc.integer({ min: 4, max: 24 }), (use, months) => {
      const past = Array.from({ length: months }, (_, i) => ({ day: addDays('2025-01-20', i * 31), value: i * use }));
      const last = past.at(-1)?.day ?? null;
      const limit = unusualSince({ ...water, last, today: addDays(last ?? '', 31) }, monthlyUses(past), []);
      expect(use).toBeLessThanOrEqual(limit);
    }),
  );
});

test('what was used, month by month from the newest: a value that billing repeats is one, and what went down tells nothing', () => {
  const past = [
    { day: '2026-09-21', value: 100_000 },
    { day: '2026-10-22', value: 107_500 },
    // Billing's, of the same reading.
    { day: '2026-11-01', value: 107_500 },
    { day: '2026-11-22', value: 107_500 },
    { day: '2026-12-20', value: 3_000 },
    { day: '2027-01-22', value: 5_000 },
    { day: '2027-01-25', value: 5_500 },
  ];
  expect(usesByMonth(past.toReversed())).toEqual([
    { period: '2027-01', used: 2_500 },
    { period: '2026-11', used: 0 },
    { period: '2026-10', used: 7_500 },
  ]);
  expect(usesByMonth([])).toEqual([]);
});
