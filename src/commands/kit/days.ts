import { addDays, localMoment } from '../../domain/local-day.ts';

/** A day that the operator typed, `2026-11-05` or `05.11.2026`; undefined where it is no day of the calendar. */
export function readDay(typed: string): string | undefined {
  const [, d, m, y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(typed.trim()) ?? [];
  const day = y === undefined ? typed.trim() : `${y}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`;
  const moment = new Date(`${day}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(moment.getTime());
  return isDay && moment.toISOString().startsWith(day) ? day : undefined;
}

/** Why what was typed is no day, in Russian. */
export function whyNoDay(typed: string): string {
  const isForm = /^(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})$/.test(typed.trim());
  return isForm ? `такого дня нет: ${typed.trim()}` : 'нужен день, например 2026-11-05 или 05.11.2026';
}

/** The first moment of a day by the clocks of a zone, and the first one after it. */
export function momentsOf(day: string, timeZone: string): { from: Date; before: Date } {
  return { from: localMoment(day, 0, timeZone), before: localMoment(addDays(day, 1), 0, timeZone) };
}
