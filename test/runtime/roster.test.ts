import { expect, test } from 'vitest';
import { openRoster } from '../../src/runtime/roster.ts';
import { openTimeLimit, within } from '../../src/runtime/time-limit.ts';

test('who is taken off, also twice, takes nobody else along', () => {
  const roster = openRoster<string>();
  const leave = new Map(['a', 'b', 'c', 'd'].map((one) => [one, roster.enter(one)]));
  for (let times = 0; times < 2; times += 1) leave.get('b')?.();
  expect(roster.present().toSorted()).toEqual(['a', 'c', 'd']);
  roster.enter('e');
  for (const one of ['b', 'a', 'a']) leave.get(one)?.();
  expect(roster.present().toSorted()).toEqual(['c', 'd', 'e']);
  for (const one of ['d', 'c', 'd', 'c']) leave.get(one)?.();
  expect(roster.present()).toEqual(['e']);
});

test('work that ends after its limit has rung takes no other one’s limit away', async () => {
  const limit = openTimeLimit(20);
  let end = () => {};
  const slow = within(limit, new Promise<void>((resolve) => (end = resolve)), () => 'late');
  expect(await slow).toBe('late');
  const others = ['a', 'b'].map((one) => within(limit, new Promise<never>(() => {}), () => one));
  end();
  expect(await Promise.all(others)).toEqual(['a', 'b']);
});
