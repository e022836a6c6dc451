/** Lengths of time, in milliseconds. */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The moment so many milliseconds later; earlier, when negative. */
export function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
