import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from '../../src/domain/money.ts';
import { GuestOrderSum, OrderSum } from '../../src/domain/order-sum.ts';

test.each([
  ['1234,56', 1_234_56],
  ['1 234.56', 1_234_56],
  ['500', 500_00],
  ['500 ₽', 500_00],
  ['500,5 руб.', 500_50],
  ['１００', 100_00],
  ['1', 1_00],
  ['5000000', 5_000_000_00],
  ['8.331,70', 8_331_70],
  ['8331-70', 8_331_70],
])('%s is a sum', (typed, kopecks) => expect(OrderSum.parse(typed)).toBe(kopecks));

test.each([
  ['пятьсот', 'order-sum'],
  ['', 'order-sum'],
  ['0', 'order-sum'],
  ['0012345', 'order-sum'],
  ['00', 'order-sum'],
  ['-500', 'order-sum'],
  ['1e3', 'order-sum'],
  ['12,345', 'sum-unclear'],
  ['500\n200', 'order-sum-several'],
  ['1500 200', 'order-sum-several'],
  ['1234\n567,89', 'order-sum-several'],
  ['0,99', 'order-sum-small'],
  ['5000000,01', 'order-sum-large'],
  ['99999999999', 'order-sum-large'],
])('%s is refused: %s', (typed, problem) => {
  expect(OrderSum.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual([problem]);
});

test('a sum as we write it is read as it was; wild words give whole kopecks or a reason', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_00, max: 5_000_000_00 }), (kopecks) => {
      expect(OrderSum.parse(formatMoney(kopecks))).toBe(kopecks);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const read = OrderSum.safeParse(typed);
      if (read.success) expect(Number.isSafeInteger(read.data) && read.data >= 1_00).toBe(true);
      else expect(read.error.issues[0]?.message).toMatch(/^(order-sum|sum-unclear)/);
    }),
  );
});

test('a guest, whose debt nobody knows here, pays up to 1 000 000 ₽ at once', () => {
  expect(GuestOrderSum.parse('1 000 000')).toBe(1_000_000_00);
  expect(GuestOrderSum.safeParse('1 000 000,01').error?.issues.map((issue) => issue.message)).toEqual(['order-sum-large-guest']);
});
