import { expect, test } from 'vitest';
import { type DatedRow, endingBetween, inForce, rowAt, runningOut } from '../../src/domain/dated.ts';

const OPEN: DatedRow[] = [{ from: '2020-01-01' }, { from: '2026-03-01' }];
const ENDED: DatedRow[] = [{ from: '2020-01-01' }, { from: '2026-03-01', until: '2026-12-31', source: 'приказ № 1' }];
const GAP: DatedRow[] = [{ from: '2020-01-01', until: '2026-06-30' }, { from: '2026-09-01' }];

test('the row of a day is the last that holds by then; before the first, the first or none; past an end, none', () => {
  expect(rowAt(OPEN, '2026-02-28')).toBe(OPEN[0]);
  expect(rowAt(OPEN, '2026-03-01')).toBe(OPEN[1]);
  expect(rowAt(OPEN, '1999-01-01')).toBe(OPEN[0]);
  expect(inForce(OPEN, '1999-01-01')).toBe(undefined);
  expect(() => rowAt([], '2026-03-01')).toThrow(RangeError);
  for (const find of [rowAt, inForce]) {
    expect(find(ENDED, '2026-12-31')).toBe(ENDED[1]);
    expect(find(ENDED, '2027-01-01')).toBe(undefined);
    expect(find(GAP, '2026-06-30')).toBe(GAP[0]);
    expect(find(GAP, '2026-07-01')).toBe(undefined);
    expect(find(GAP, '2026-09-01')).toBe(GAP[1]);
  }
});

test.each<[DatedRow[], string, string, string | undefined]>([
  // Nothing ends.
  [OPEN, '1999-01-01', '2099-01-01', undefined],
  [ENDED, '2026-11-01', '2026-12-31', undefined],
  [ENDED, '2026-11-01', '2027-01-01', '2026-12-31'],
  // All of it is past the end.
  [ENDED, '2027-05-01', '2027-05-31', '2026-12-31'],
  // A gap is unknown, the days after it are known again.
  [GAP, '2026-06-01', '2026-06-30', undefined],
  [GAP, '2026-06-01', '2026-12-31', '2026-06-30'],
  [GAP, '2026-08-31', '2026-12-31', '2026-06-30'],
  [GAP, '2026-09-01', '2026-12-31', undefined],
  // An end on the day before the next row leaves no gap.
  [[{ from: '2020-01-01', until: '2026-02-28' }, { from: '2026-03-01' }], '2026-01-01', '2026-12-31', undefined],
])('%j, from %s to %s: known up to %s', (rows, from, to, until) => {
  expect(endingBetween(rows, from, to)?.until).toBe(until);
});

test('what runs out within so many days, the first to end first, what has run out before it', () => {
  const tables = {
    far: [{ from: '2020-01-01', until: '2027-06-30' }],
    never: OPEN,
    soon: ENDED,
    gone: [{ from: '2020-01-01', until: '2025-12-31' }],
    mended: [{ from: '2020-01-01', until: '2026-12-31' }, { from: '2027-01-01' }],
    none: [],
  };
  expect(runningOut(tables, '2026-11-02', 60)).toEqual([
    { table: 'gone', until: '2025-12-31', source: null, over: true },
    { table: 'soon', until: '2026-12-31', source: 'приказ № 1', over: false },
  ]);
  // The 60th day from here is the last that is known.
  expect(runningOut(tables, '2026-11-01', 60).map(({ table }) => table)).toEqual(['gone']);
  expect(runningOut(tables, '2026-12-31', 0).map(({ table }) => table)).toEqual(['gone']);
  expect(runningOut(tables, '2027-01-01', 0).map(({ table }) => table)).toEqual(['gone', 'soon']);
});
