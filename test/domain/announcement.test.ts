import { expect, test } from 'vitest';
import { readSendTime } from '../../src/domain/announcement.ts';

const NOW = new Date('2026-11-23T09:00:00Z');

test.each([
  ['18:30', '2026-11-23T15:30:00.000Z'],
  ['сегодня 18:30', '2026-11-23T15:30:00.000Z'],
  ['Сегодня в 18:30', '2026-11-23T15:30:00.000Z'],
  ['завтра 9:05', '2026-11-24T06:05:00.000Z'],
  ['послезавтра, 10:00', '2026-11-25T07:00:00.000Z'],
  ['25.11 10:00', '2026-11-25T07:00:00.000Z'],
  ['25.11 в 10.00', '2026-11-25T07:00:00.000Z'],
  ['01.12.2026 10:00', '2026-12-01T07:00:00.000Z'],
  ['5.1 10:00', '2027-01-05T07:00:00.000Z'],
])('«%s» is %s', (typed, at) => expect(readSendTime(typed, NOW, 'Europe/Moscow')).toEqual({ at: new Date(at) }));

test.each([
  ['', 'unclear'],
  ['завтра', 'unclear'],
  ['25:00', 'unclear'],
  ['10:60', 'unclear'],
  ['31.11 10:00', 'unclear'],
  ['в среду 10:00', 'unclear'],
  ['11:59', 'past'],
  ['22.11.2026 10:00', 'past'],
  ['23.03.2027 10:00', 'far'],
])('«%s» is %s', (typed, wrong) => expect(readSendTime(typed, NOW, 'Europe/Moscow')).toEqual({ wrong }));
