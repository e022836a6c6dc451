import { expect, test } from 'vitest';
import { isNight } from '../../src/domain/quiet-hours.ts';

const at = (moscow: string) => new Date(`${moscow}+03:00`);

test.each([
  ['2026-11-05T08:59:59.999', true],
  ['2026-11-05T09:00:00', false],
  ['2026-11-05T20:59:59.999', false],
  ['2026-11-05T21:00:00', true],
  ['2026-11-06T00:00:00', true],
  ['2026-12-31T23:59:59', true],
])('at %s it is night: %s', (moment, night) => {
  expect(isNight(at(moment), 'Europe/Moscow')).toBe(night);
});

test('the night is that of the zone', () => {
  const moment = new Date('2026-11-05T09:00:00Z');
  expect(isNight(moment, 'Europe/Moscow')).toBe(false);
  expect(isNight(moment, 'Asia/Kamchatka')).toBe(true);
});

test.each([
  ['the clocks go on at two', '2026-03-29T07:00:00Z', '2026-03-29T06:59:59Z'],
  ['the clocks go back at three', '2026-10-25T08:00:00Z', '2026-10-25T07:59:59Z'],
])('it ends at nine by the clocks on the day on which %s', (_, nine, before) => {
  expect(isNight(new Date(nine), 'Europe/Berlin')).toBe(false);
  expect(isNight(new Date(before), 'Europe/Berlin')).toBe(true);
});
