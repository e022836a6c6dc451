import { expect, test } from 'vitest';
import { openLately } from '../../src/bot/lately.ts';

test('who was met a moment ago is not met anew, however often he comes; after two moments at most he is', () => {
  let now = 0;
  const isFirst = openLately(1_000, () => now);
  expect([isFirst('a'), isFirst('a'), isFirst('b')]).toEqual([true, false, true]);
  now = 900;
  expect(isFirst('a')).toBe(false);
  const met: number[] = [];
  for (now = 1_000; now < 10_000; now += 100) if (isFirst('a')) met.push(now);
  expect(met.length).toBeGreaterThan(3);
  for (const [i, at] of met.slice(1).entries()) expect(at - (met[i] ?? 0)).toBeLessThanOrEqual(2_000);
  for (const [i, at] of met.slice(1).entries()) expect(at - (met[i] ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('nobody is remembered where the moment is none', () => {
  const isFirst = openLately(0, () => 5);
  expect([isFirst('a'), isFirst('a')]).toEqual([true, true]);
});
