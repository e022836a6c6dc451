import { expect, test } from 'vitest';
import { toldTime } from '../../src/domain/limits.ts';

test.each([
  ['2026-11-05T09:00:00.000Z', '2026-11-05T09:00:00.000Z'],
  ['2026-11-05T09:00:00.001Z', '2026-11-05T09:01:00.000Z'],
  ['2026-11-05T09:00:59.999Z', '2026-11-05T09:01:00.000Z'],
])('%s is told as %s', (time, told) => {
  expect(toldTime(new Date(time))).toBe(told);
});
