import { expect, test } from 'vitest';
import { addDays, daysBetween, localDay, localHour } from '../../src/domain/local-day.ts';

const MOSCOW = 'Europe/Moscow';

test('the day is that of the time zone, not of UTC', () => {
  expect(localDay(new Date('2026-12-31T20:59:59Z'), MOSCOW)).toBe('2026-12-31');
  expect(localDay(new Date('2026-12-31T21:00:00Z'), MOSCOW)).toBe('2027-01-01');
  expect(localDay(new Date('2026-12-31T21:00:00Z'), 'Asia/Kamchatka')).toBe('2027-01-01');
  expect(localDay(new Date('2026-12-31T21:00:00Z'), 'America/New_York')).toBe('2026-12-31');
  expect(localHour(new Date('2026-12-31T21:30:00Z'), MOSCOW)).toBe(0);
});

test('days are counted over the ends of months and leap days', () => {
  expect(addDays('2026-11-30', 1)).toBe('2026-12-01');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(daysBetween('2026-11-05', '2027-01-04')).toBe(60);
  expect(daysBetween('2026-11-05', '2026-11-04')).toBe(-1);
});
