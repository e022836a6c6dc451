import { expect, test } from 'vitest';
import { AccountNumber, accountNumberOr } from '../../src/domain/account-number.ts';

test.each([
  '0012345',
  ' 0012345 ',
  '001-2345',
  '№ 00 12 345',
  '００１２３４５',
  '\u202e0012345\u200b',
  '001–2345',
  'ЛС 0012345',
  'лс: 0012345',
  'Л/С № 0012345',
  'лицевой счёт 0012345',
  'Лицевой счет №0012345',
  'номер 0012345',
  'мой номер лицевого счета 0012345.',
  '№0012345',
  'счёт 001-23-45',
  'ЛС:\n0012345\n',
  'л/с ００１２３４５',
])('%j is 0012345', (typed) => expect(AccountNumber.parse(typed)).toBe('0012345'));

test.each(['1234', '123456789012345678901', '12a45', '', '😀', '<b>12345</b>', '12345.6', '١٢٣٤٥', 'ЛС', 'номер', 'лсд12345'])(
  '%j is no account number',
  (typed) => expect(AccountNumber.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual(['account-number']),
);

test.each(['7000100037\n4108', '7000100037\n7000100038', 'ЛС 7000100037\n4108,07', '0012\r\n345'])(
  '%j is more than one',
  (typed) => {
    expect(AccountNumber.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual(['account-number-several']);
  },
);

test('where a name may be meant, an address on two lines is no list of numbers', () => {
  const slipOf = (typed: string) => accountNumberOr('none-fits').safeParse(typed).error?.issues[0]?.message;
  expect(slipOf('7000100037\n7000100038')).toBe('account-number-several');
  expect(slipOf('Портовая 5\nкв. 17')).toBe('none-fits');
});
