import { expect, test } from 'vitest';
import { deductedOf, judgeUnderWay } from '../../src/domain/under-way.ts';

const DAY = 86_400_000;
const NOW = new Date('2026-11-30T09:00:00Z');
const RULES = { lateAfterDays: 5, countedForDays: 30 };
const paid = (ageMs: number, elsewhere = false) => ({ creditedAt: new Date(NOW.getTime() - ageMs), elsewhere });

test.each([
  [0, 'fresh'],
  [5 * DAY, 'fresh'],
  [5 * DAY + 1, 'late'],
  [30 * DAY, 'late'],
  [30 * DAY + 1, 'overdue'],
  [200 * DAY, 'overdue'],
])('%d ms after it was paid it is %s', (ageMs, state) => {
  expect(judgeUnderWay(paid(ageMs), NOW, RULES)).toBe(state);
  expect(judgeUnderWay(paid(ageMs, true), NOW, RULES)).toBe('elsewhere');
});

test('a centre that is told of late ones later than the term counts them until then', () => {
  const slow = { lateAfterDays: 45, countedForDays: 30 };
  expect(judgeUnderWay(paid(45 * DAY), NOW, slow)).toBe('fresh');
  expect(judgeUnderWay(paid(45 * DAY + 1), NOW, slow)).toBe('overdue');
});

test('what staff have to credit is called so, as long as it counts', () => {
  expect(judgeUnderWay({ ...paid(30 * DAY), held: true }, NOW, RULES)).toBe('held');
  expect(judgeUnderWay({ ...paid(30 * DAY + 1), held: true }, NOW, RULES)).toBe('overdue');
});

test('only what is on its way in time, or a little late, or held by staff, is taken off', () => {
  const each = { day: '2026-11-20', sumKopecks: 100 };
  const states = ['fresh', 'late', 'overdue', 'elsewhere', 'held'] as const;
  expect(deductedOf(states.map((state, i) => ({ ...each, sumKopecks: 10 ** i, state })))).toBe(10_011);
});
