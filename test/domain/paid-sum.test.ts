import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeakSum, PaidSum, PaidSumAlone } from '../../src/domain/paid-sum.ts';

test.each([
  ['1234,56', 123456],
  ['1 234.56', 123456],
  ['1234', 123400],
  ['1\u00a0234,5 ₽', 123450],
  ['\u200b1234 руб.', 123400],
  ['１２３４', 123400],
])('%j is understood', (typed, kopecks) => expect(PaidSum.parse(typed)).toBe(kopecks));

test.each(['', '0', '0,00', '-5', 'тысяча', '1,234.56', '12.345', '1e5', '<b>5</b>', '😀', '9'.repeat(5000)])(
  '%j is asked again',
  (typed) => {
    const read = PaidSum.safeParse(typed);
    expect(read.error?.issues.map((issue) => issue.message)).toEqual(['paid-sum']);
  },
);

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
  ['1234,56', 123456],
  ['1 234 567,89', 123456789],
  ['0,56', 56],
  ['1234 руб.', 123400],
  ['0012345', undefined],
  ['ЛС 0012345', undefined],
  ['001010011', undefined],
  ['7000100037', undefined],
  ['не знаю', undefined],
])('alone, %j is %s', (typed, kopecks) => expect(PaidSumAlone.safeParse(typed).data).toBe(kopecks));
