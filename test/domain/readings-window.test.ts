import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../../src/domain/local-day.ts';
import { windowOn } from '../../src/domain/readings-window.ts';

const usual = { from: 20, to: 25 };

test.each([
  ['2026-11-19', { opens: '2026-11-20', closes: '2026-11-25', open: false }],
  ['2026-11-20', { opens: '2026-11-20', closes: '2026-11-25', open: true }],
  ['2026-11-25', { opens: '2026-11-20', closes: '2026-11-25', open: true }],
  ['2026-11-26', { opens: '2026-12-20', closes: '2026-12-25', open: false }],
  ['2026-12-26', { opens: '2027-01-20', closes: '2027-01-25', open: false }],
])('on %s', (today, expected) => {
  expect(windowOn(today, usual)).toEqual(expected);
});

test('a month that is too short has the window on its last days', () => {
  expect(windowOn('2026-02-28', { from: 29, to: 31 })).toEqual({ opens: '2026-02-28', closes: '2026-02-28', open: true });
  expect(windowOn('2026-04-30', { from: 28, to: 31 })).toEqual({ opens: '2026-04-28', closes: '2026-04-30', open: true });
});

test('every day has one window, which is open or comes within two months, and never closes before it opens', () => {
  const window = fc
    .tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2020-01-01', days));
  fc.assert(
    fc.property(day, window, (today, days) => {
      const found = windowOn(today, days);
      expect(found.opens <= found.closes && today <= found.closes).toBe(true);
      expect(found.open).toBe(found.opens <= today);
      expect(daysBetween(today, found.opens)).toBeLessThan(61);
      // All days of one window name the same one, and the day after it another.
      expect(windowOn(found.opens, days)).toEqual({ ...found, open: true });
      expect(windowOn(found.closes, days)).toEqual({ ...found, open: true });
      expect(windowOn(addDays(found.closes, 1), days).opens > found.closes).toBe(true);
    }),
    { numRuns: 200 },
  );
});
