import { expect, test } from 'vitest';
import { detailPresets } from '../../src/domain/detail-presets.ts';
import { type Period, shiftPeriod } from '../../src/domain/period.ts';

const months = (newest: Period, count: number) => Array.from({ length: count }, (_, n) => shiftPeriod(newest, -n));

test.each([
  ['two years of months', months('2026-10', 24), '2026-11', ['2026-01/2026-10', '2026-05/2026-10', '2025-01/2025-12']],
  ['four months', months('2026-10', 4), '2026-11', ['2026-07/2026-10', '2026-07/2026-10', '']],
  ['in January, before its charges', months('2026-12', 14), '2027-01', ['', '2026-07/2026-12', '2026-01/2026-12']],
  ['an account that is long closed', months('2020-05', 3), '2026-11', ['', '2020-03/2020-05', '']],
  [
    'one that begins in the middle of last year',
    months('2026-02', 6),
    '2026-03',
    ['2026-01/2026-02', '2025-09/2026-02', '2025-09/2025-12'],
  ],
] as const)('of %s: this year, half a year, last year, each as far as there is anything', (_, found, thisMonth, expected) => {
  const presets = detailPresets(found, thisMonth);
  const named = ['this-year', 'half-year', 'last-year'].map((name) => {
    const preset = presets.find((each) => each.name === name);
    return preset ? `${preset.from}/${preset.to}` : '';
  });
  expect(named).toEqual(expected);
});
