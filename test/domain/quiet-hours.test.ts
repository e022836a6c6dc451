import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { localHour } from '../../src/domain/local-day.ts';
import { isNight, nextDaytime } from '../../src/domain/quiet-hours.ts';

const MOSCOW = 'Europe/Moscow';
const at = (moscow: string) => new Date(`${moscow}+03:00`);

test.each([
  ['2026-11-05T08:59:59.999', '2026-11-05T09:00:00'],
  ['2026-11-05T09:00:00', '2026-11-05T09:00:00'],
  ['2026-11-05T20:59:59.999', '2026-11-05T20:59:59.999'],
  ['2026-11-05T21:00:00', '2026-11-06T09:00:00'],
  ['2026-11-05T23:59:59', '2026-11-06T09:00:00'],
  ['2026-11-06T00:00:00', '2026-11-06T09:00:00'],
  ['2026-12-31T22:00:00', '2027-01-01T09:00:00'],
])('what comes up at %s is told at %s', (moment, told) => {
  expect(nextDaytime(at(moment), MOSCOW)).toEqual(at(told));
});

test('whatever the moment and the zone, news is told by day, soon, and not before', () => {
  const zones = fc.constantFrom(MOSCOW, 'Asia/Kamchatka', 'Asia/Kolkata', 'Europe/Berlin', 'America/New_York');
  const moments = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(moments, zones, (moment, zone) => {
      const told = nextDaytime(moment, zone);
      expect(isNight(told, zone)).toBe(false);
      expect(told.getTime()).toBeGreaterThanOrEqual(moment.getTime());
      // A night is 12 hours, 13 when the clocks go back in it.
      expect(told.getTime() - moment.getTime()).toBeLessThanOrEqual(13 * 3_600_000);
      if (isNight(moment, zone)) expect(localHour(told, zone)).toBe(9);
      else expect(told).toEqual(moment);
    }),
    { numRuns: 200 },
  );
});
