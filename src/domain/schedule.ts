import { DAY_MS, later } from './durations.ts';
import { addDays, type LocalDay, localDay, localMoment } from './local-day.ts';

/** A time of the day, on every day, on some of the week (1: Monday) or on some of the month; a day that a month does not have is its last one. */
export type Schedule = { minute: number; weekdays?: readonly number[]; days?: readonly number[] };

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Reads `06:00`, `mon-fri 06:00`, `26 06:00`, `5,20-25 06:00`; undefined where it is none. */
export function parseSchedule(text: string): Schedule | undefined {
  const match = /^(?:([a-z0-9,-]+)\s+)?([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim().toLowerCase());
  if (!match) return undefined;
  const minute = Number(match[2]) * 60 + Number(match[3]);
  const on = match[1];
  if (on === undefined) return { minute };
  const weekdays = rangesOf(on, (word) => WEEKDAYS.indexOf(word) + 1, 7);
  if (weekdays) return { minute, weekdays };
  const days = rangesOf(on, (word) => (/^\d{1,2}$/.test(word) ? Number(word) : 0), 31);
  return days && { minute, days };
}

/** `1,3-5`; undefined where a word of it is none, or a range stands the wrong way round. */
function rangesOf(text: string, numberOf: (word: string) => number, most: number): number[] | undefined {
  const found = new Set<number>();
  for (const range of text.split(',')) {
    const [from = 0, to = from, ...more] = range.split('-').map(numberOf);
    if (from < 1 || to < from || to > most || more.length > 0) return undefined;
    for (let each = from; each <= to; each += 1) found.add(each);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** The day whose time came last, within the last 24 hours: what was missed for longer waits for its next day. */
export function lastDue(schedule: Schedule, now: Date, timeZone: string): LocalDay | undefined {
  const today = localDay(now, timeZone);
  return [today, addDays(today, -1)].find((day) => {
    const lateMs = now.getTime() - localMoment(day, schedule.minute, timeZone).getTime();
    return lateMs >= 0 && lateMs < DAY_MS && isOn(schedule, day);
  });
}

/** The last of its times that is not made up for any more: what was to be done then and is not waits for the next one. */
export function lastPast(schedule: Schedule, now: Date, timeZone: string): Date | undefined {
  const end = later(now, -DAY_MS);
  const today = localDay(end, timeZone);
  // None is further apart than the same day of two months.
  const day = Array.from({ length: 33 }, (_, ago) => addDays(today, -ago)).find(
    (each) => isOn(schedule, each) && localMoment(each, schedule.minute, timeZone) <= end,
  );
  return day === undefined ? undefined : localMoment(day, schedule.minute, timeZone);
}

function isOn({ weekdays, days }: Schedule, day: LocalDay): boolean {
  if (days) {
    const isLast = addDays(day, 1).endsWith('-01');
    const own = Number(day.slice(8));
    return days.some((each) => each === own || (isLast && each > own));
  }
  return weekdays === undefined || weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
}
