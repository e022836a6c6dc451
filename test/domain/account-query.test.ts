import { expect, test } from 'vitest';
import { Query } from '../../src/domain/account-query.ts';

test.each([
  ['0012345', { account: '0012345', phone: null }],
  ['№ 0012 345', { account: '0012345', phone: null }],
  ['89123456789', { account: '89123456789', phone: '+79123456789' }],
  ['+7 (912) 345-67-89', { account: null, phone: '+79123456789' }],
])('«%s»', (typed, query) => expect(Query.parse(typed)).toEqual(query));

test.each(['', 'Иванов', '1234', '123456789012345678901', '+7 8634 00-00-01'])('«%s» is neither', (typed) => {
  expect(Query.safeParse(typed).error?.issues[0]?.message).toBe('account-or-phone');
});
