import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, localDay, localHour, momentOf } from '../../src/domain/local-day.ts';

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

test('an hour of a day is found in any zone, also where clocks are changed that day', () => {
  expect(momentOf('2026-11-05', 9, MOSCOW)).toEqual(new Date('2026-11-05T06:00:00Z'));
  expect(momentOf('2026-03-29', 9, 'Europe/Berlin')).toEqual(new Date('2026-03-29T07:00:00Z'));
  expect(momentOf('2026-10-25', 9, 'Europe/Berlin')).toEqual(new Date('2026-10-25T08:00:00Z'));
  expect(momentOf('2026-10-25', 0, 'Europe/Berlin')).toEqual(new Date('2026-10-24T22:00:00Z'));
  expect(momentOf('2026-11-05', 9, 'Asia/Kathmandu')).toEqual(new Date('2026-11-05T03:15:00Z'));
});

test('what the clocks show at a moment leads back to it', () => {
  const zones = fc.constantFrom(MOSCOW, 'Asia/Kamchatka', 'Asia/Kolkata', 'UTC', 'Europe/Kaliningrad');
  const moments = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, zones, (moment, zone) => {
      const back = momentOf(localDay(moment, zone), localHour(moment, zone), zone);
      expect(moment.getTime() - back.getTime()).toBeGreaterThanOrEqual(0);
      expect(moment.getTime() - back.getTime()).toBeLessThan(3_600_000);
    }),
    { numRuns: 200 },
  );
});
