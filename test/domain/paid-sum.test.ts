import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeakSum, PaidSum, PaidSumOrAccount, PaidSumBesideList } from '../../src/domain/paid-sum.ts';

test.each([
  ['1234,56', 123456],
  ['1 234.56', 123456],
  ['1234', 123400],
  ['1\u00a0234,5 ₽', 123450],
  ['\u200b1234 руб.', 123400],
  ['１２３４', 123400],
  ['8.331,70', 833170],
  ['8,331.70', 833170],
  ['1.234.567', 123456700],
  ['1.234.567,8', 123456780],
  ['8 331.70 руб', 833170],
  ['8331-70', 833170],
  ['8331=70', 833170],
  ['8331 руб. 70 коп.', 833170],
  ['8331р70к', 833170],
  ['8331 рублей 7 копеек', 833107],
])('%j is understood', (typed, kopecks) => expect(PaidSum.parse(typed)).toBe(kopecks));

test.each(['', '0', '0,00', '-5', 'тысяча', '1e5', '<b>5</b>', '😀', '9'.repeat(5000), '1.23.456', '8331-7', '12-34-56'])(
  '%j is asked again',
  (typed) => {
    const read = PaidSum.safeParse(typed);
    expect(read.error?.issues.map((issue) => issue.message)).toEqual(['paid-sum']);
  },
);

test.each(['12,345', '12.345', '8331,700', '12 345,678 руб.'])('%j may be roubles or kopecks: that is said', (typed) => {
  expect(PaidSum.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual(['sum-unclear']);
});

test.each([
  '1500\n2000',
  '1234\r\n567,89',
  '1500 200',
  '1234 56',
  '1 234 5',
  '1500+2000',
  '1500 руб. и 2000',
  '1500; 2000',
  '7000100037\n4108',
])('%j is more than one sum: that is said', (typed) => {
  for (const schema of [PaidSum, PaidSumOrAccount])
    expect(schema.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual(['paid-sum-several']);
});

test.each([
  ['\n1234,56\n', 123456],
  ['1234\nруб.', 123400],
  ['1  234 567', 123456700],
  ["1'234'567", 123456700],
])('%j is one', (typed, kopecks) => expect(PaidSum.parse(typed)).toBe(kopecks));

test('a sum is weak exactly when it is a whole number of fifty-rouble notes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (kopecks) => {
      const notes = kopecks / 100 / 50;
      expect(isWeakSum(kopecks)).toBe(Number.isInteger(notes));
    }),
  );
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), (notes) => isWeakSum(notes * 5000) && !isWeakSum(notes * 5000 + 1)));
});

test.each([
  ['1234,56', { sum: 123456 }],
  ['1 234 567,89', { sum: 123456789 }],
  ['0,56', { sum: 56 }],
  ['12345', { sum: 1234500, orAccount: '12345' }],
  ['12345,00', { sum: 1234500 }],
  ['1234', { sum: 123400 }],
  ['1234 руб.', { sum: 123400 }],
  ['0012345', { account: '0012345' }],
  ['ЛС 12345', { account: '12345' }],
  ['лицевой счёт 0012345', { account: '0012345' }],
  ['7000100037', { account: '7000100037' }],
  ['００１２３４５', { account: '0012345' }],
  ['１２３４５', { sum: 1234500, orAccount: '12345' }],
  ['№ 0012345', { account: '0012345' }],
  ['не знаю', undefined],
])('where either may be meant, %j is %j', (typed, meant) => expect(PaidSumOrAccount.safeParse(typed).data).toEqual(meant));

test.each(['1', '2', ' 12 ', '2)', 'способ 1'])('beside a list %j is a place in it and no sum', (typed) => {
  expect(PaidSumBesideList.safeParse(typed).error?.issues[0]?.message).toBe('paid-sum');
});

test('beside a list sums are what they are elsewhere', () => {
  expect(PaidSumBesideList.parse('1234,56')).toEqual({ sum: 123456 });
  expect(PaidSumBesideList.parse('350')).toEqual({ sum: 35000 });
});
