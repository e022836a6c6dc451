import { expect, test } from 'vitest';
import { paymentsOutBy, readingsOutBy } from '../../src/domain/late-exports.ts';
import { parseSchedule } from '../../src/domain/schedule.ts';

const by = (now: string, schedule?: string, window = { from: 20, to: 25 }) =>
  readingsOutBy(new Date(now), {
    timeZone: 'Europe/Moscow',
    window,
    schedule: schedule === undefined ? undefined : parseSchedule(schedule),
  }).toISOString();

test.each([
  // By hand: three days after the window has closed what was taken in it is late.
  ['2026-11-25T20:59:59Z', '2026-10-25T21:00:00.000Z'],
  ['2026-11-28T20:59:59Z', '2026-10-25T21:00:00.000Z'],
  ['2026-11-28T21:00:00Z', '2026-11-25T21:00:00.000Z'],
  ['2026-12-19T09:00:00Z', '2026-11-25T21:00:00.000Z'],
])('readings that are exported by hand are late at %s where they were taken before %s', (now, moment) =>
  expect(by(now)).toBe(moment),
);

test('a window of all days of the month ends with it', () => {
  expect(by('2026-12-03T21:00:00Z', undefined, { from: 1, to: 31 })).toBe('2026-11-30T21:00:00.000Z');
});

test.each([
  // What is missed is made up for within a day: then it is late, though the window has just closed.
  ['26 06:00', '2026-11-27T02:59:59Z', '2026-10-26T03:00:00.000Z'],
  ['26 06:00', '2026-11-27T03:00:00Z', '2026-11-26T03:00:00.000Z'],
  ['06:00', '2026-11-27T04:00:00Z', '2026-11-26T03:00:00.000Z'],
  ['31 06:00', '2026-11-29T12:00:00Z', '2026-10-31T03:00:00.000Z'],
  ['31 06:00', '2026-03-30T12:00:00Z', '2026-02-28T03:00:00.000Z'],
  // The 27th of November is a Friday.
  ['mon 23:30', '2026-11-27T12:00:00Z', '2026-11-23T20:30:00.000Z'],
  // Before the window's end there was a time of it, too: what was taken after that waits lawfully.
  ['5 06:00', '2026-11-29T12:00:00Z', '2026-11-05T03:00:00.000Z'],
])('by the schedule %s readings are late at %s where they were taken before %s', (schedule, now, moment) =>
  expect(by(now, schedule)).toBe(moment),
);

test('payments are after three days, whatever the month', () => {
  expect(paymentsOutBy(new Date('2026-11-28T09:00:00Z'))).toEqual(new Date('2026-11-25T09:00:00Z'));
});
