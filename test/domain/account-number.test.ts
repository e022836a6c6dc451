import { expect, test } from 'vitest';
import { AccountNumber } from '../../src/domain/account-number.ts';

test.each(['0012345', ' 0012345 ', '001-2345', '№ 00 12 345', '００１２３４５', '\u202e0012345\u200b', '001–2345'])(
  '%j is 0012345',
  (typed) => expect(AccountNumber.parse(typed)).toBe('0012345'),
);

test.each(['1234', '123456789012345678901', '12a45', '', '😀', '<b>12345</b>', '12345.6', '١٢٣٤٥'])(
  '%j is no account number',
  (typed) => expect(AccountNumber.safeParse(typed).error?.issues.map((issue) => issue.message)).toEqual(['account-number']),
);
