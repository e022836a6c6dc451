/** Dates and times as sentences have them, in the centre's time zone. */
export type Formats = {
  /** `5 ноября`, with the year when it is not the current one. Takes a day `YYYY-MM-DD` or a moment in ISO form. */
  date(value: string): string;
  /** `5 ноября 2026`, whatever the year. Takes a day `YYYY-MM-DD`. */
  fullDate(value: string): string;
  /** `5 ноября в 14:30`, today's `сегодня в 14:30`. Takes a moment in ISO form. */
  time(value: string): string;
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

/** Making one takes milliseconds. */
const faces = new Map<string, Intl.DateTimeFormat>();

function faceOf(timeZone: string): Intl.DateTimeFormat {
  const known = faces.get(timeZone);
  if (known) return known;
  const face = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  faces.set(timeZone, face);
  return face;
}

/** Throws a RangeError when the time zone does not exist; the formats throw one when a value is no date. */
export function createFormats(timeZone: string, clock: () => Date): Formats {
  const parts = faceOf(timeZone);
  const look = (moment: Date): Day & { clockTime: string } => {
    const found = Object.fromEntries(parts.formatToParts(moment).map((part) => [part.type, part.value]));
    return {
      year: Number(found.year),
      month: Number(found.month),
      day: Number(found.day),
      clockTime: `${found.hour}:${found.minute}`,
    };
  };
  const write = (day: Day, now: Day) =>
    `${day.day}\u00a0${MONTHS[day.month - 1]}${day.year === now.year ? '' : `\u00a0${day.year}`}`;

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
      const [then, now] = [look(readMoment(value)), look(clock())];
      const today = then.day === now.day && then.month === now.month && then.year === now.year;
      return `${today ? 'сегодня' : write(then, now)} в\u00a0${then.clockTime}`;
    },
  };
}

/** A day of the calendar is the same day in every time zone. */
function readDay(value: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return undefined;
  readMoment(value);
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

function readMoment(value: string): Date {
  const moment = new Date(value);
  if (!/^\d{4}-/.test(value) || Number.isNaN(moment.getTime())) throw new RangeError('not a date in ISO form');
  return moment;
}
