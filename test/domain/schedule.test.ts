import { expect, test } from 'vitest';
import { lastDue, parseSchedule } from '../../src/domain/schedule.ts';

test.each([
  ['06:00', { minute: 360 }],
  [' 6:05 ', { minute: 365 }],
  ['mon-fri 06:00', { minute: 360, weekdays: [1, 2, 3, 4, 5] }],
  ['Thu,mon 23:59', { minute: 1439, weekdays: [1, 4] }],
  ['26 00:00', { minute: 0, days: [26] }],
  ['1,20-22 06:00', { minute: 360, days: [1, 20, 21, 22] }],
])('%s', (text, schedule) => expect(parseSchedule(text)).toEqual(schedule));

test.each([
  '',
  '6',
  '24:00',
  '06:60',
  'daily 06:00',
  'fri-mon 06:00',
  '0 06:00',
  '32 06:00',
  '20- 06:00',
  '20-25',
  '1,mon 06:00',
  '06:00 mon',
])('«%s» is none', (text) => expect(parseSchedule(text)).toBeUndefined());

const due = (text: string, now: string) => lastDue(parseSchedule(text) ?? { minute: 0 }, new Date(now), 'Europe/Moscow');

test.each([
  ['06:00', '2026-11-20T02:59:59Z', '2026-11-19'],
  ['06:00', '2026-11-20T03:00:00Z', '2026-11-20'],
  ['06:00', '2026-11-20T22:00:00Z', '2026-11-20'],
  ['23:30', '2026-11-20T20:00:00Z', '2026-11-19'],
  // A Friday.
  ['mon-fri 06:00', '2026-11-20T10:00:00Z', '2026-11-20'],
  ['mon-fri 06:00', '2026-11-21T02:00:00Z', '2026-11-20'],
  ['mon-fri 06:00', '2026-11-21T10:00:00Z', undefined],
  ['26 06:00', '2026-11-26T10:00:00Z', '2026-11-26'],
  ['26 06:00', '2026-11-27T02:00:00Z', '2026-11-26'],
  ['26 06:00', '2026-11-27T04:00:00Z', undefined],
  // A day that the month does not have is its last one, once.
  ['31 06:00', '2026-11-30T10:00:00Z', '2026-11-30'],
  ['31 06:00', '2026-11-29T10:00:00Z', undefined],
  ['31 06:00', '2026-12-30T10:00:00Z', undefined],
  ['31 06:00', '2026-12-31T10:00:00Z', '2026-12-31'],
  ['29-31 06:00', '2027-02-28T10:00:00Z', '2027-02-28'],
  ['29-31 06:00', '2027-02-27T10:00:00Z', undefined],
  ['29-31 06:00', '2028-02-29T10:00:00Z', '2028-02-29'],
  ['29-31 06:00', '2028-02-28T10:00:00Z', undefined],
  ['29 06:00', '2027-02-28T10:00:00Z', '2027-02-28'],
  ['29 06:00', '2028-02-29T10:00:00Z', '2028-02-29'],
  ['30 06:00', '2028-02-29T10:00:00Z', '2028-02-29'],
  ['30 06:00', '2026-11-29T10:00:00Z', undefined],
  ['26 06:00', '2027-02-28T10:00:00Z', undefined],
])('%s at %s: %s', (text, now, day) => expect(due(text, now)).toBe(day));
