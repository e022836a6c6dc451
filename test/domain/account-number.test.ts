import { expect, test } from 'vitest';
import { AccountNumber } from '../../src/domain/account-number.ts';

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
])('%j is 0012345', (typed) => expect(AccountNumber.parse(typed)).toBe('0012345'));

test.each(['1234', '123456789012345678901', '12a45', '', '😀', '<b>12345</b>', '12345.6', '١٢٣٤٥', 'ЛС', 'номер', 'лсд12345'])(
  '%j is no account number',
  (typed) => expect(AccountNumber.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual(['account-number']),
);
