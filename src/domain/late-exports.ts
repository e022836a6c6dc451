import { DAY_MS, later } from './durations.ts';
import { addDays, localDay, localMoment } from './local-day.ts';
import { type ReadingsWindow, windowBefore } from './readings-window.ts';
import { lastPast, type Schedule } from './schedule.ts';

/** Within so many days what waits for billing is exported by hand. */
const BY_HAND_DAYS = 3;

/** Payments that were made before this moment should have gone out to billing. */
export const paymentsOutBy = (now: Date): Date => later(now, -BY_HAND_DAYS * DAY_MS);

/**
 * Readings that were taken before this moment should have gone out to billing: before the last time of `READINGS_OUT` that is over for good;
 * without one, before the end of the last window that closed some days ago.
 */
export function readingsOutBy(
  now: Date,
  { timeZone, window, schedule }: { timeZone: string; window: ReadingsWindow; schedule: Schedule | undefined },
): Date {
  const past = schedule && lastPast(schedule, now, timeZone);
  if (past) return past;
  const { closes } = windowBefore(localDay(later(now, -BY_HAND_DAYS * DAY_MS), timeZone), window);
  return localMoment(addDays(closes, 1), 0, timeZone);
}
