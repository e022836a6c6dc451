import { expect, test } from 'vitest';
import * as limits from '../../src/domain/limits.ts';

const { toldTime } = limits;

test.each([
  ['2026-11-05T09:00:00.000Z', '2026-11-05T09:00:00.000Z'],
  ['2026-11-05T09:00:00.001Z', '2026-11-05T09:01:00.000Z'],
  ['2026-11-05T09:00:59.999Z', '2026-11-05T09:01:00.000Z'],
])('%s is told as %s', (time, told) => {
  expect(toldTime(new Date(time))).toBe(told);
});

/** What residents are promised, and guessers are held to; `docs/operating.md` and the texts of the bot say some of it. */
const PROMISED: Readonly<Record<string, string | number>> = {
  SMS_SPACING: '1 in a minute',
  SMS_PER_PHONE: '3 an hour, 5 a day',
  SMS_PER_PERSON: '3 an hour, 5 a day',
  SMS_PER_PREFIX: '20 an hour',
  SMS_KEPT_FOR_OWNER: 1,
  CODE_FAILURES: '5 a day',
  CODE_FAILURES_BY_PERSON: '15 a day',
  WRONG_PASSWORDS: '50 a day',
  WRONG_SUMS: '5 a day',
  WRONG_ACCOUNT_PASSWORDS: '5 a day',
  ACCOUNT_PASSWORD_FAILURES: 10,
  ACCOUNT_PASSWORD_FAILURES_OF_ONE: 5,
  LOGIN_QUESTIONS: '10 a day',
  ROUND_SUMS: '10 a day',
  GUEST_LOOKUPS: '10 a day',
  GUEST_LOOKUPS_OVERALL: '5000 a day',
  OPEN_REQUESTS: 5,
  NEW_REQUESTS: '20 a day',
  REQUEST_MESSAGES: '200 a day',
  READING_PHOTOS: '40 a day',
  EDIT_REFUSALS: '1 an hour',
  ACCESS_OFFERS: '5 a day',
  ACCESS_FAILURES: '10 a day',
};

test('each limit is what is promised of it', () => {
  const inWords = ({ count, windowMs }: limits.Limit) => `${count} ${WINDOWS[windowMs / 60_000] ?? `in ${windowMs} ms`}`;
  const said = Object.entries(limits).flatMap(([name, limit]) => {
    if (typeof limit === 'function') return [];
    return [[name, typeof limit === 'number' ? limit : [limit].flat().map(inWords).join(', ')]];
  });
  expect(Object.fromEntries(said)).toEqual(PROMISED);
});

const WINDOWS: Readonly<Record<number, string>> = { 1: 'in a minute', 60: 'an hour', 1440: 'a day' };
