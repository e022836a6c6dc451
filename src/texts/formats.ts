import { type LocalDay, localDay, localTime } from '../domain/local-day.ts';

/** Dates and times as sentences have them, in the centre's time zone. */
export type Formats = {
  /** `5 ноября`, with the year when it is not the current one. Takes a day `YYYY-MM-DD` or a moment in ISO form. */
  date(value: string): string;
  /** `5 ноября 2026`, whatever the year. Takes a day `YYYY-MM-DD`. */
  fullDate(value: string): string;
  /** `5 ноября в 14:30`, today's `сегодня в 14:30`. Takes a moment in ISO form. */
  time(value: string): string;
  /** `до 5 ноября в 14:30`, today's `сегодня до 14:30`. Takes a moment in ISO form. */
  until(value: string): string;
};

const MONTHS = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
] as const;

type Day = { year: number; month: number; day: number };

/** Throws a RangeError when the time zone does not exist; the formats throw one when a value is no date. */
export function createFormats(timeZone: string, clock: () => Date): Formats {
  // A zone that does not exist is met here, not at the first sentence.
  localDay(new Date(0), timeZone);
  const look = (moment: Date): Day & { clockTime: string } => {
    const [day = '', clockTime = ''] = localTime(moment, timeZone).split('T');
    return { ...splitDay(day), clockTime };
  };
  const write = (day: Day, now: Day) =>
    `${day.day}\u00a0${MONTHS[day.month - 1]}${day.year === now.year ? '' : `\u00a0${day.year}`}`;
  /** The moment's day, undefined where it is today, and its time. */
  const lookAt = (value: string): { day: string | undefined; clockTime: string } => {
    const [then, now] = [look(readMoment(value)), look(clock())];
    const today = then.day === now.day && then.month === now.month && then.year === now.year;
    return { day: today ? undefined : write(then, now), clockTime: then.clockTime };
  };

  return {
    date(value) {
      return write(readDay(value) ?? look(readMoment(value)), look(clock()));
    },
    fullDate(value) {
      const day = readDay(value);
      if (!day) throw new RangeError('not a day');
      return `${day.day}\u00a0${MONTHS[day.month - 1]}\u00a0${day.year}`;
    },
    time(value) {
      const { day = 'сегодня', clockTime } = lookAt(value);
      return `${day} в\u00a0${clockTime}`;
    },
    until(value) {
      const { day, clockTime } = lookAt(value);
      return day === undefined ? `сегодня до\u00a0${clockTime}` : `до ${day} в\u00a0${clockTime}`;
    },
  };
}

/** A day of the calendar is the same day in every time zone. */
function readDay(value: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  readMoment(value);
  return splitDay(value);
}

function splitDay(value: LocalDay): Day {
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number);
  return { year, month, day };
}

function readMoment(value: string): Date {
  const moment = new Date(value);
  if (!/^\d{4}-/.test(value) || Number.isNaN(moment.getTime())) throw new RangeError('not a date in ISO form');
  return moment;
}
