import { DAY_MS, later, MINUTE_MS } from './durations.ts';

/** A day as people mean it, in the centre's time zone: `YYYY-MM-DD`. */
export type LocalDay = string;

type ClockFace = { year: number; month: number; day: number; hour: number; minute: number };

/** The day that it is somewhere at a moment. Throws a RangeError when there is no such time zone. */
export function localDay(moment: Date, timeZone: string): LocalDay {
  return dayOf(look(moment, timeZone));
}

/** The hour that the clocks show there, 0 to 23. */
export function localHour(moment: Date, timeZone: string): number {
  return look(moment, timeZone).hour;
}

/** What the calendar and the clocks show there, without a zone: `2026-11-05T14:30`. */
export function localTime(moment: Date, timeZone: string): string {
  const face = look(moment, timeZone);
  return `${dayOf(face)}T${pad(face.hour)}:${pad(face.minute)}`;
}

/** The moment at which the clocks of a day show so many minutes after midnight; the later of two, and a minute that is skipped is near its place. */
export function localMoment(day: LocalDay, minutes: number, timeZone: string): Date {
  const shown = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS;
  const aheadMs = (moment: number) => Date.parse(`${localTime(new Date(moment), timeZone)}:00Z`) - moment;
  // The zone's offset may change on the way to the guess.
  const guess = shown - aheadMs(shown);
  return new Date(shown - aheadMs(guess));
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return later(new Date(`${day}T00:00:00Z`), days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}

/** How many days from one day to another; negative when it is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

const faces = new Map<string, Intl.DateTimeFormat>();

function look(moment: Date, timeZone: string): ClockFace {
  const parts = Object.fromEntries(
    faceOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, hour, minute };
}

function dayOf({ year, month, day }: ClockFace): LocalDay {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** Making one costs a thousand times as much as using it. */
function faceOf(timeZone: string): Intl.DateTimeFormat {
  const known = faces.get(timeZone);
  if (known) return known;
  const face = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  faces.set(timeZone, face);
  return face;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** `25 ноября в 12:00`, by the clocks of the zone. */
export function formatMoment(moment: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('ru', { timeZone, day: 'numeric', month: 'long' }).format(moment);
  const time = new Intl.DateTimeFormat('ru', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(moment);
  return `${day} в ${time}`.replaceAll(' ', '\u00a0');
}
