import { expect, test } from 'vitest';
import { nextDocument, paymentDueDay } from '../../src/domain/payment-due.ts';
import { type Period, parsePeriod } from '../../src/domain/period.ts';

const READY = [{ from: '2005-03-01', day: 5 }];
const period = (text: string | null) => (text === null ? null : (parsePeriod(text) as Period));

test.each([
  // The next after the latest, by the day of the month after it; late once that day has passed.
  ['2026-10', '2026-11-20', '2026-11', '2026-12-05', false],
  ['2026-10', '2026-12-05', '2026-11', '2026-12-05', false],
  ['2026-10', '2026-12-06', '2026-11', '2026-12-05', true],
  ['2026-11', '2026-12-31', '2026-12', '2027-01-05', false],
  ['2026-08', '2026-11-20', '2026-09', '2026-10-05', true],
  // Never charged: last month's until its day, then this month's.
  [null, '2026-11-05', '2026-10', '2026-11-05', false],
  [null, '2026-11-06', '2026-11', '2026-12-05', false],
  [null, '2027-01-03', '2026-12', '2027-01-05', false],
])('after %s, on %s: %s by %s, late: %s', (latest, today, next, by, late) => {
  expect(nextDocument(period(latest), today, READY)).toEqual({ period: next, by, late });
});

test('past the end of the table no day is told, and nothing is late', () => {
  const rows = [{ from: '2005-03-01', until: '2026-12-31', day: 5 }];
  expect(paymentDueDay('2026-11', rows)).toBe('2026-12-05');
  expect(paymentDueDay('2026-12', rows)).toBe(null);
  expect(nextDocument('2026-10', '2026-11-20', rows)).toEqual({ period: '2026-11', by: '2026-12-05', late: false });
  expect(nextDocument('2026-11', '2027-02-20', rows)).toEqual({ period: '2026-12', by: null, late: false });
  expect(nextDocument(null, '2027-02-20', rows)).toEqual({ period: '2027-02', by: null, late: false });
});
