import { type DatedRow, endingBetween } from './dated.ts';
import { DAY_MS, later } from './durations.ts';
import { addDays, type LocalDay, localDay, localMoment } from './local-day.ts';

/** From Sunday, as calendars of computers count. */
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** The days off of a stretch of time, mostly a year. */
export type HolidaysRow = DatedRow & { days: readonly LocalDay[] };

/** Times are `HH:MM` by the clocks of the zone, `from` before `to`. */
export type WorkingRules = {
  hours: readonly {
    days: readonly (typeof WEEKDAYS)[number][];
    from: string;
    to: string;
    lunch?: { from: string; to: string } | undefined;
  }[];
  /** Days off besides the weekly ones, by the stretches for which they are known; after the last of these, nobody knows. */
  holidays: readonly HolidaysRow[];
  timeZone: string;
};

/** A stretch of work: its first moment, and the first one after it. */
export type Span = { from: Date; to: Date };

/** When people are at work: lunch, nights, weekends and holidays are none of it. */
export type WorkingTime = {
  /** The stretches of a day in their order; none on a day off. */
  spansOf(day: LocalDay): readonly Span[];
  isOpen(moment: Date): boolean;
  /** The last day whose holidays are known where a day's are not: of that one the weekly rows are all that is gone by. Null where they are. */
  holidaysEndBefore(day: LocalDay): LocalDay | null;
  /**
   * Undefined while it is open. `until`: when work goes on, null where it does not within a year, or, not `known`, where that lies beyond the
   * holidays that are known; `lunch`: it goes on the same day.
   */
  closedAt(moment: Date): { until: Date | null; lunch: boolean; known: boolean } | undefined;
  /** How much of the time between two moments was worked; 0 when they stand the other way round. */
  workingMs(from: Date, to: Date): number;
  /** When `ms` of work are done that begin at a moment; null where a year has less work, and where that lies beyond the holidays that are known. */
  doneAt(from: Date, ms: number): Date | null;
  /** What waits since then or longer has waited at `now` for `ms` of work or more; the beginning of time where a year has less work. */
  waitingSince(now: Date, ms: number): Date;
};

/** No centre is closed for longer: beyond, the rules are taken to have no work at all. */
const FARTHEST_DAYS = 400;

export function createWorkingTime(rules: WorkingRules): WorkingTime {
  const { timeZone } = rules;
  const holidays = new Set(rules.holidays.flatMap(({ days }) => days));
  const holidaysEndBefore = (day: LocalDay) => endingBetween(rules.holidays, day, day)?.until ?? null;
  /** Asked for the same days over and over. */
  const known = new Map<LocalDay, readonly Span[]>();

  function spansOf(day: LocalDay): readonly Span[] {
    const before = known.get(day);
    if (before) return before;
    const spans = holidays.has(day) ? [] : stretches(rules.hours, weekdayOf(day)).map(([from, to]) => spanOn(day, from, to));
    known.set(day, spans);
    return spans;
  }

  function spanOn(day: LocalDay, from: number, to: number): Span {
    return { from: localMoment(day, from, timeZone), to: localMoment(day, to, timeZone) };
  }

  function nextOpening(moment: Date): Date | null {
    const today = localDay(moment, timeZone);
    for (let days = 0; days <= FARTHEST_DAYS; days += 1) {
      const span = spansOf(addDays(today, days)).find(({ to }) => to > moment);
      if (span) return span.from > moment ? span.from : moment;
    }
    return null;
  }

  return {
    spansOf,
    holidaysEndBefore,
    isOpen: (moment) => spansOf(localDay(moment, timeZone)).some((span) => contains(span, moment)),
    closedAt(moment) {
      const until = nextOpening(moment);
      if (until?.getTime() === moment.getTime()) return undefined;
      const spans = spansOf(localDay(moment, timeZone));
      const lunch = spans.some(({ to }) => to <= moment) && spans.some(({ from }) => from > moment);
      const known = until === null || holidaysEndBefore(localDay(until, timeZone)) === null;
      return { until: known ? until : null, lunch: known && lunch, known };
    },
    workingMs(from, to) {
      let ms = 0;
      const lastDay = localDay(to, timeZone);
      for (let day = localDay(from, timeZone); day <= lastDay; day = addDays(day, 1)) {
        for (const span of spansOf(day)) ms += Math.max(0, Math.min(+span.to, +to) - Math.max(+span.from, +from));
      }
      return ms;
    },
    doneAt(from, ms) {
      let left = ms;
      const today = localDay(from, timeZone);
      for (let days = 0; days <= FARTHEST_DAYS; days += 1) {
        for (const span of spansOf(addDays(today, days))) {
          const begin = Math.max(+span.from, +from);
          const worked = Math.max(0, +span.to - begin);
          if (worked >= left) return holidaysEndBefore(addDays(today, days)) === null ? new Date(begin + left) : null;
          left -= worked;
        }
      }
      return null;
    },
    waitingSince(now, ms) {
      let left = ms;
      const today = localDay(now, timeZone);
      for (let days = 0; days <= FARTHEST_DAYS; days += 1) {
        for (const span of spansOf(addDays(today, -days)).toReversed()) {
          const end = Math.min(+span.to, +now);
          const worked = Math.max(0, end - +span.from);
          if (worked >= left) return new Date(end - left);
          left -= worked;
        }
      }
      return later(now, -DAY_MS * 366 * 100);
    },
  };
}

function contains({ from, to }: Span, moment: Date): boolean {
  return from <= moment && moment < to;
}

function weekdayOf(day: LocalDay): (typeof WEEKDAYS)[number] {
  return WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sun';
}

type Minutes = readonly [from: number, to: number];

/** A weekday's work in minutes after midnight: rows that touch are merged, and a lunch of any row is taken out of all. */
function stretches(hours: WorkingRules['hours'], weekday: string): Minutes[] {
  const rows = hours.filter(({ days }) => days.some((day) => day === weekday));
  const joined: [number, number][] = [];
  for (const [from, to] of rows.map(minutesOf).sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  const lunches = rows.flatMap(({ lunch }) => (lunch ? [minutesOf(lunch)] : []));
  return lunches.reduce<Minutes[]>((rest, lunch) => rest.flatMap((stretch) => without(stretch, lunch)), joined);
}

function without([from, to]: Minutes, [start, end]: Minutes): Minutes[] {
  const parts: Minutes[] = [
    [from, Math.min(to, start)],
    [Math.max(from, end), to],
  ];
  return parts.filter(([a, b]) => a < b);
}

function minutesOf({ from, to }: { from: string; to: string }): Minutes {
  return [clockMinutes(from), clockMinutes(to)];
}

function clockMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
