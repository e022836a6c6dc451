import { expect, test } from 'vitest';
import { backoffMs } from '../../src/delivery/backoff.ts';

test('each attempt waits twice as long as the one before, ten minutes at most, however many there were', () => {
  expect([0, 1, 2, 9].map((attempts) => backoffMs(attempts))).toEqual([1_000, 2_000, 4_000, 512_000]);
  expect(backoffMs(0, 30_000)).toBe(30_000);
  for (const attempts of [10, 21, 300, 10_000]) expect(backoffMs(attempts)).toBe(600_000);
});
