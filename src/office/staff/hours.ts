import { HOUR_MS } from '../../domain/durations.ts';
import type { LocalDay } from '../../domain/local-day.ts';
import { createWorkingTime, type WorkingTime } from '../../domain/working-time.ts';
import type { OfficeEdges } from '../edges.ts';

export type HoursEdges = { centre: Pick<OfficeEdges['centre'], 'workingHours' | 'holidays' | 'requests'> } & {
  settings: Pick<OfficeEdges['settings'], 'timeZone'>;
};

/** When the centre's people are at work, by its settings file. */
export function deskHours({ centre, settings }: HoursEdges): WorkingTime {
  return createWorkingTime({ hours: centre.workingHours, holidays: centre.holidays, timeZone: settings.timeZone });
}

/** A text that says what is late on a day, with what it rests on where that day's holidays are not known. */
export function lateText(text: 'desk-digest' | 'desk-late' | 'desk-stats', hours: WorkingTime, day: LocalDay) {
  const holidaysEnd = hours.holidaysEndBefore(day);
  return holidaysEnd === null ? { text, basis: {} } : { text: `${text}-uncertain`, basis: { holidaysEnd } };
}

/** The norm of an answer, in time of work. */
export function normMs({ centre }: Pick<HoursEdges, 'centre'>): number {
  return centre.requests.answerWithinHours * HOUR_MS;
}
