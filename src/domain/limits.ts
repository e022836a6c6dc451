import { DAY_MS, HOUR_MS, later, MINUTE_MS } from './durations.ts';

/** At most so many within so long a time, looked back from any moment. */
export type Limit = { count: number; windowMs: number };

/** As Supabase, Twilio and open-condo have it. The limits over all people together are settings (`SMS_HOURLY_LIMIT`, `SMS_DAILY_LIMIT`). */
export const SMS_SPACING: Limit = { count: 1, windowMs: MINUTE_MS };
export const SMS_PER_PHONE: readonly Limit[] = [
  { count: 3, windowMs: HOUR_MS },
  { count: 5, windowMs: DAY_MS },
];
export const SMS_PER_PERSON = SMS_PER_PHONE;
/** Numbers that differ only in the last three digits: somebody else's list of numbers, walked through. */
export const SMS_PER_PREFIX: Limit = { count: 20, windowMs: HOUR_MS };
/** Of the day's SMS to a phone, one is kept for the person who has proved to be its owner. */
export const SMS_KEPT_FOR_OWNER = 1;

/** Of one phone, purpose and person. One code stands at most `CODE_TRIES` of them, which the table `confirmation_codes` checks, too. */
export const CODE_FAILURES: Limit = { count: 5, windowMs: DAY_MS };
/** Of one person, over all phones and purposes. */
export const CODE_FAILURES_BY_PERSON: Limit = { count: 15, windowMs: DAY_MS };
/** Wrong passwords of one person over all logins for which that person was never confirmed; beyond it tries are not checked and do not count against the logins. */
export const WRONG_PASSWORDS: Limit = { count: 50, windowMs: DAY_MS };
/** Wrong sums, and wrong passwords to accounts, of a person over all accounts, whether there are such or not. */
export const WRONG_SUMS: Limit = { count: 5, windowMs: DAY_MS };
export const WRONG_ACCOUNT_PASSWORDS: Limit = { count: 5, windowMs: DAY_MS };
/** So many wrong tries end a password to an account, of which one person's count up to the second number in all its time. */
export const ACCOUNT_PASSWORD_FAILURES = 10;
export const ACCOUNT_PASSWORD_FAILURES_OF_ONE = 5;
/** Whether a login is taken is told so often: else the list of logins could be asked out of us. */
export const LOGIN_QUESTIONS: Limit = { count: 10, windowMs: DAY_MS };

/** Round sums that a person names when linking accounts: each is followed by a question, and none is a failure. */
export const ROUND_SUMS: Limit = { count: 10, windowMs: DAY_MS };

/** Account numbers that a person looks up without having them linked, right or wrong; and all people together. */
export const GUEST_LOOKUPS: Limit = { count: 10, windowMs: DAY_MS };
export const GUEST_LOOKUPS_OVERALL: Limit = { count: 5000, windowMs: DAY_MS };

/** Requests of one person that are open at a time, new ones, and messages in all of them; a correction of a message is one more. */
export const OPEN_REQUESTS = 5;
export const NEW_REQUESTS: Limit = { count: 20, windowMs: DAY_MS };
export const REQUEST_MESSAGES: Limit = { count: 200, windowMs: DAY_MS };
/** Photographs of meters that a person sends to readings: staff are shown them. */
export const READING_PHOTOS: Limit = { count: 40, windowMs: DAY_MS };
/** That corrections are not taken is told so often. */
export const EDIT_REFUSALS: Limit = { count: 1, windowMs: HOUR_MS };

/** One-time links for relatives that a resident makes; and wrong ones that a person opens. */
export const ACCESS_OFFERS: Limit = { count: 5, windowMs: DAY_MS };
export const ACCESS_FAILURES: Limit = { count: 10, windowMs: DAY_MS };

/** Since when to count. */
export function windowStart({ windowMs }: Limit, now: Date): Date {
  return later(now, -windowMs);
}

/** From when on there is room again, when `nth` is the moment of the oldest of the `count` newest. */
export function windowEnd({ windowMs }: Limit, nth: Date): Date {
  return later(nth, windowMs);
}

/** A time as people are told it: to the minute, and never too early. ISO. */
export function toldTime(time: Date): string {
  return new Date(Math.ceil(time.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
}
