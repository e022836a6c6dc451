import { HOUR_MS } from '../../domain/durations.ts';
import { createWorkingTime, type WorkingTime } from '../../domain/working-time.ts';
import type { OfficeEdges } from '../edges.ts';

export type HoursEdges = { centre: Pick<OfficeEdges['centre'], 'workingHours' | 'holidays' | 'requests'> } & {
  settings: Pick<OfficeEdges['settings'], 'timeZone'>;
};

/** When the centre's people are at work, by its settings file. */
export function deskHours({ centre, settings }: HoursEdges): WorkingTime {
  return createWorkingTime({ hours: centre.workingHours, holidays: centre.holidays, timeZone: settings.timeZone });
}

/** The norm of an answer, in time of work. */
export function normMs({ centre }: Pick<HoursEdges, 'centre'>): number {
  return centre.requests.answerWithinHours * HOUR_MS;
}
