import { DAY_MS, later } from './durations.ts';

/** A day as people mean it, in the centre's time zone: `YYYY-MM-DD`. */
export type LocalDay = string;

type ClockFace = { year: number; month: number; day: number; hour: number };

/** The day that it is somewhere at a moment. Throws a RangeError when there is no such time zone. */
export function localDay(moment: Date, timeZone: string): LocalDay {
  const { year, month, day } = look(moment, timeZone);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** The hour that the clocks show there, 0 to 23. */
export function localHour(moment: Date, timeZone: string): number {
  return look(moment, timeZone).hour;
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
  const { year = 0, month = 0, day = 0, hour = 0 } = parts;
  return { year, month, day, hour };
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
    hourCycle: 'h23',
  });
  faces.set(timeZone, face);
  return face;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
