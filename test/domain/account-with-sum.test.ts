import { expect, test } from 'vitest';
import { AccountWithSum } from '../../src/domain/account-with-sum.ts';

test.each([
  ['0012345', { account: '0012345' }],
  ['ЛС 0012345', { account: '0012345' }],
  ['0012345 1234,56', { account: '0012345', sum: 123456 }],
  ['0012345, 1234.56', { account: '0012345', sum: 123456 }],
  ['ЛС 0012345: 1234,56 руб.', { account: '0012345', sum: 123456 }],
  ['0012345\n1234,56', { account: '0012345', sum: 123456 }],
  ['0012345 1200 ₽', { account: '0012345', sum: 120000 }],
  // A number in groups, as some print it.
  ['00123 45', { account: '0012345' }],
  ['0012345 1234', { account: '00123451234' }],
])('%j', (typed, meant) => {
  expect(AccountWithSum.parse(typed)).toEqual(meant);
});

test.each(['00123 45 678,90', '1234,56', '0012345 1234,5', '0012345 0,00', '0012345 0022222 1234,56 10,00', 'нет'])(
  '%j is neither',
  (typed) => {
    expect(AccountWithSum.safeParse(typed).success).toBe(false);
  },
);
