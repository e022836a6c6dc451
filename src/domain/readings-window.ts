import { addDays, type LocalDay } from './local-day.ts';
import { makePeriod, type Period, shiftPeriod } from './period.ts';

/** `READINGS_WINDOW`: the days of a month on which readings are taken, both included, 1 ≤ from ≤ to ≤ 31. */
export type ReadingsWindow = { from: number; to: number };

/** One month's window: its first and its last day. */
export type WindowDays = { opens: LocalDay; closes: LocalDay };

/** The window of a month. A month that is too short for it has it on its last days: of 29–31, February has the 28th. */
export function windowOf(period: Period, { from, to }: ReadingsWindow): WindowDays {
  const last = Number(addDays(`${shiftPeriod(period, 1)}-01`, -1).slice(8));
  const within = (day: number) => (day > last ? last : day);
  return { opens: dayOf(period, within(from)), closes: dayOf(period, within(to)) };
}

/** The window that is open on a day, else the next one. */
export function windowOn(today: LocalDay, window: ReadingsWindow): WindowDays & { open: boolean } {
  const period = makePeriod(Number(today.slice(0, 4)), Number(today.slice(5, 7)));
  const own = windowOf(period, window);
  const days = today <= own.closes ? own : windowOf(shiftPeriod(period, 1), window);
  return { ...days, open: days.opens <= today };
}

/** The last window that has closed before a day. */
export function windowBefore(today: LocalDay, window: ReadingsWindow): WindowDays {
  const period = makePeriod(Number(today.slice(0, 4)), Number(today.slice(5, 7)));
  const own = windowOf(period, window);
  return own.closes < today ? own : windowOf(shiftPeriod(period, -1), window);
}

function dayOf(period: Period, day: number): LocalDay {
  return `${period}-${String(day).padStart(2, '0')}`;
}
