import { expect, test } from 'vitest';
import { backoffMs, QUEUE_BACKOFF } from '../../src/domain/backoff.ts';

test('each attempt waits twice as long as the one before, ten minutes at most in a queue, however many there were', () => {
  expect([0, 1, 2, 9].map((attempts) => backoffMs(attempts, QUEUE_BACKOFF))).toEqual([1_000, 2_000, 4_000, 512_000]);
  expect(backoffMs(0, { ...QUEUE_BACKOFF, firstMs: 30_000 })).toBe(30_000);
  for (const attempts of [10, 21, 300, 10_000]) expect(backoffMs(attempts, QUEUE_BACKOFF)).toBe(600_000);
});

test.each([
  {
    what: 'Telegram, until it answers',
    of: { firstMs: 1_000, mostMs: 30_000 },
    waits: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000],
  },
  { what: 'an update that failed', of: { firstMs: 500, mostMs: 15_000 }, waits: [500, 1_000, 2_000, 4_000, 8_000, 15_000] },
  { what: 'a chat that another process has', of: { firstMs: 5, mostMs: 100 }, waits: [5, 10, 20, 40, 80, 100] },
])('$what', ({ of, waits }) => {
  expect(waits.map((_, attempts) => backoffMs(attempts, of))).toEqual(waits);
});
