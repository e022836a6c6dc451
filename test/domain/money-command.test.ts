import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCreditWords, readReason } from '../../src/domain/money-command.ts';

test.each([
  ['0012345 2725,67 оплачен дважды', '0012345', 2_725_67, 'оплачен дважды'],
  ['  0012345   2725.6  \n причина\nв две строки ', '0012345', 2_725_60, 'причина в две строки'],
  ['12345 100 зачесть в счёт долга', '12345', 100_00, 'зачесть в счёт долга'],
  ['0012345 1000₽ по заявлению', '0012345', 1_000_00, 'по заявлению'],
])('%s', (words, account, sumKopecks, reason) => {
  expect(readCreditWords(words)).toEqual({ account, sumKopecks, reason });
});

test.each([
  '',
  '0012345',
  '0012345 100',
  '0012345 100 ок',
  '123 100 слишком короткий номер',
  '0012345 сто причина',
  '0012345 -100 отрицательная',
  '0012345 0 ничего',
  '0012345 1,234 три знака',
  '2725,67 0012345 наоборот',
  `0012345 100 ${'я'.repeat(301)}`,
])('«%s» is not written as it has to be', (words) => {
  expect(readCreditWords(words)).toBeUndefined();
});

test('a sum with a space is never read as a smaller one with figures for a reason', () => {
  expect(readCreditWords('0012345 1 234,56 по заявлению')).toBeUndefined();
  expect(readCreditWords('0012345 1 234,56')).toBeUndefined();
  expect(readCreditWords('0012345 100 234 по квитанции')).toBeUndefined();
});

test('a reason is 3 to 300 characters on one line', () => {
  expect(readReason('  по \n заявлению ')).toBe('по заявлению');
  expect(readReason('да')).toBeUndefined();
  expect(readReason(' \u200b\u200b  ')).toBeUndefined();
  fc.assert(
    fc.property(fc.string(), (words) => {
      const reason = readReason(words);
      expect(reason === undefined || (reason.length >= 3 && reason.length <= 300 && !reason.includes('\n'))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
