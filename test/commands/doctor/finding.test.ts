import { expect, test } from 'vitest';
import { ageOf } from '../../../src/commands/doctor/finding.ts';

test.each([
  [1, '1 минуту'],
  [21, '21 минуту'],
  [22, '22 минуты'],
  [11, '11 минут'],
  [60, '1 час'],
  [21 * 60, '21 час'],
  [48 * 60, '2 дня'],
])('what %i minutes old is has waited for %s', (minutes, said) => {
  const now = new Date('2026-11-20T09:00:00Z');
  expect(ageOf(new Date(now.getTime() - minutes * 60_000), now)).toBe(said);
});
