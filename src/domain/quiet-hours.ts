import { localHour } from './local-day.ts';

/** Section 4: nobody is told news at night, from 21:00 to 9:00 in the centre's time zone. */
const NIGHT_FROM_HOUR = 21;
const NIGHT_TO_HOUR = 9;

export function isNight(moment: Date, timeZone: string): boolean {
  const hour = localHour(moment, timeZone);
  return hour >= NIGHT_FROM_HOUR || hour < NIGHT_TO_HOUR;
}
