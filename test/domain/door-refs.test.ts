import { expect, test } from 'vitest';
import { AccountNumber } from '../../src/domain/account-number.ts';
import {
  guestAccountOf,
  guestRef,
  linkingRef,
  monthRef,
  newRequestRef,
  newsSwitchRef,
  openPageRef,
  orderRef,
  OTHER_ACCOUNT,
  otherAccountOf,
  otherAccountRef,
  ratingRef,
  readLinkingRef,
  readMonthRef,
  readNewsSwitchRef,
  readOpenPageRef,
  readOrderRef,
  readRatingRef,
  readSaidRef,
  readUnsentRef,
  saidRef,
  unsentRef,
} from '../../src/domain/door-refs.ts';

const LINK = '0b6f2f0e-5c7e-4c7b-9f0e-000000202601';
const account = AccountNumber.parse('0012345');

/** As they stand in chats: what one is made of, the words, what is read out of them. */
const FORMS = {
  'a month': [monthRef(LINK, '2026-10'), `${LINK}-202610`, readMonthRef, { link: LINK, months: ['2026-10'] }],
  'no month': [monthRef(LINK), LINK, readMonthRef, { link: LINK, months: [] }],
  'two months': [
    monthRef(LINK, '2026-01', '2026-10'),
    `${LINK}-202601-202610`,
    readMonthRef,
    { link: LINK, months: ['2026-01', '2026-10'] },
  ],
  'a month that was said': [saidRef('10.2026'), '~10.2026', readSaidRef, { from: '2026-10', to: '2026-10', whole: false }],
  'the way to link': [linkingRef('by-sum', account), 'by-sum/0012345', readLinkingRef, { way: 'by-sum', account }],
  'another account': [OTHER_ACCOUNT, 'other', otherAccountOf, { account: undefined }],
  'another account by number': [otherAccountRef(account), 'other-0012345', otherAccountOf, { account }],
  'an account that was looked up': [guestRef('a-b'), 'guest-a-b', guestAccountOf, 'a-b'],
  'a mark': [ratingRef(17, 5), '17-5', readRatingRef, { digits: '17', pressed: '5' }],
  'a page': [openPageRef('mine', 2), 'mine-2', readOpenPageRef, { whose: 'mine', page: 2 }],
  'the first page': [openPageRef('all'), 'all', readOpenPageRef, { whose: 'all', page: 1 }],
  'a switch': [newsSwitchRef('due-day', false), 'due-day-off', readNewsSwitchRef, { kind: 'due-day', on: false }],
  'an order': [orderRef('layout', 'a-b'), 'layout-a-b', readOrderRef, { verb: 'layout', id: 'a-b' }],
  'words for a request': [
    unsentRef('17', { dialog: 'debt' }),
    '17>debt>',
    readUnsentRef,
    { writtenFor: '17', number: '17', topic: '', link: undefined, next: { dialog: 'debt', ref: '' } },
  ],
  'words for a new request, on the way to other words': [
    unsentRef(newRequestRef({ topic: 'water', link: '*' }), { dialog: 'bill', ref: `a>b` }),
    ':water:*>bill>a>b',
    readUnsentRef,
    { writtenFor: ':water:*', number: '', topic: 'water', link: null, next: { dialog: 'bill', ref: 'a>b' } },
  ],
  'words for nothing yet': [
    unsentRef(newRequestRef({ topic: '', link: '' }), undefined),
    '',
    readUnsentRef,
    { writtenFor: '', number: '', topic: '', link: undefined, next: undefined },
  ],
} as const;

test.each(Object.entries(FORMS))('a door’s ref for %s is written as it always was, and read', (_, [made, words, read, found]) => {
  expect(made).toBe(words);
  expect(read(words)).toEqual(found);
});

test('what nobody was given opens nothing', () => {
  expect(readOrderRef('sell-17')).toEqual({ verb: undefined, id: '' });
  expect(readOrderRef('apply')).toEqual({ verb: undefined, id: '' });
  expect(readNewsSwitchRef('due-day')).toBeUndefined();
  expect(readOpenPageRef('theirs-9')).toEqual({ whose: 'all', page: 1 });
  expect(readUnsentRef('17>nowhere>x').next).toBeUndefined();
  expect([readSaidRef(LINK), otherAccountOf(LINK), guestAccountOf(LINK)]).toEqual([undefined, undefined, undefined]);
  expect(readMonthRef(`${LINK}-209913`)).toEqual({ link: LINK, months: [] });
});
