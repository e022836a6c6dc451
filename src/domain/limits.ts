const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** At most so many within so long a time, looked back from any moment. */
export type Limit = { count: number; windowMs: number };

/** `FACTS`: Supabase, Twilio, open-condo. The overall limits are settings. */
export const SMS_SPACING: Limit = { count: 1, windowMs: 60 * 1000 };
export const SMS_PER_PHONE: readonly Limit[] = [
  { count: 3, windowMs: HOUR },
  { count: 5, windowMs: DAY },
];
export const SMS_PER_PERSON = SMS_PER_PHONE;
/** Numbers that differ only in the last three digits: somebody else's list of numbers, walked through. */
export const SMS_PER_PREFIX: Limit = { count: 20, windowMs: HOUR };
/** Of the day's SMS to a phone, one is kept for the person who has proved to be its owner. */
export const SMS_KEPT_FOR_OWNER = 1;

export const CODE_FAILURES: Limit = { count: 5, windowMs: DAY };
/** Whether a login is taken is told so often: else the list of logins could be asked out of us. */
export const LOGIN_QUESTIONS: Limit = { count: 10, windowMs: DAY };

/** Round sums that a person names when linking accounts: each is followed by a question, and none is a failure. */
export const ROUND_SUMS: Limit = { count: 10, windowMs: DAY };

/** Since when to count. */
export function windowStart({ windowMs }: Limit, now: Date): Date {
  return new Date(now.getTime() - windowMs);
}

/** From when on there is room again, when `nth` is the moment of the oldest of the `count` newest. */
export function windowEnd({ windowMs }: Limit, nth: Date): Date {
  return new Date(nth.getTime() + windowMs);
}

/** A time as people are told it: to the minute, and never too early. ISO. */
export function toldTime(time: Date): string {
  const minuteMs = 60 * 1000;
  return new Date(Math.ceil(time.getTime() / minuteMs) * minuteMs).toISOString();
}
