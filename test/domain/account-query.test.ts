import { expect, test } from 'vitest';
import { Query } from '../../src/domain/account-query.ts';

const NONE = { account: null, phone: null, request: null, login: null, words: null };

test.each([
  ['0012345', { account: '0012345', request: 12345, login: '0012345' }],
  ['20011985', { account: '20011985', request: 20011985, login: '20011985' }],
  ['2001-1985', { account: '20011985', login: '2001-1985' }],
  ['№ 0012 345', { account: '0012345' }],
  ['89123456789', { account: '89123456789', phone: '+79123456789', login: '89123456789' }],
  ['+7 (912) 345-67-89', { phone: '+79123456789', login: '89123456789' }],
  ['№ 12', { request: 12 }],
  ['обращение 12', { request: 12, words: 'обращение 12' }],
  ['12', { request: 12 }],
  ['№ 1234', { request: 1234 }],
  ['№\u00a01\u00a0234', { request: 1234 }],
  ['№\u00a012\u00a0345', { account: '12345', request: 12345 }],
  ['ivan-74', { login: 'ivan-74', words: 'ivan-74' }],
  ['  Портовая   5,  кв. 17 ', { words: 'Портовая 5, кв. 17' }],
  ['Иванов', { words: 'Иванов' }],
  ['Портовая 5\nкв. 17', { words: 'Портовая 5 кв. 17' }],
])('«%s»', (typed, query) => expect(Query.parse(typed)).toEqual({ ...NONE, ...query }));

test.each(['', 'да', '№', '0', '123456789012345678901234567890123', '+7 8634 00-00-01', '…!'])(
  '«%s» is none of them',
  (typed) => {
    expect(Query.safeParse(typed).error?.issues[0]?.message).toBe('account-or-phone');
  },
);

test.each(['7000100037\n7000100038', 'ЛС 7000100037\nЛС 7000100038', '89123456789\n0012345', '12\n13'])(
  '%j is a list',
  (typed) => {
    expect(Query.safeParse(typed).error?.issues[0]?.message).toBe('account-or-phone-several');
  },
);
