/** A month of charges, `YYYY-MM`. In Postgres it is the month's first day. */
export type Period = `${number}-${number}`;

const MONTHS = [
  'январь',
  'февраль',
  'март',
  'апрель',
  'май',
  'июнь',
  'июль',
  'август',
  'сентябрь',
  'октябрь',
  'ноябрь',
  'декабрь',
] as const;

/** Reads `MM.YYYY` and `YYYY-MM`; undefined when it is neither or no month of 1990–2100. */
export function parsePeriod(text: string): Period | undefined {
  const match = /^(?:(\d{1,2})\.(\d{4})|(\d{4})-(\d{2}))$/.exec(text.trim());
  if (!match) return undefined;
  const month = Number(match[1] ?? match[4]);
  const year = Number(match[2] ?? match[3]);
  if (month < 1 || month > 12 || year < 1990 || year > 2100) return undefined;
  return makePeriod(year, month);
}

/** The period of a year and a month from 1 to 12. */
export function makePeriod(year: number, month: number): Period {
  return `${year}-${String(month).padStart(2, '0')}` as Period;
}

/** The period so many months later (earlier, when negative). */
export function shiftPeriod(period: Period, months: number): Period {
  const [year, month] = period.split('-').map(Number) as [number, number];
  const index = year * 12 + (month - 1) + months;
  return makePeriod(Math.floor(index / 12), (index % 12) + 1);
}

/** The month of a day `YYYY-MM-DD`. */
export function periodOf(day: string): Period {
  return day.slice(0, 7) as Period;
}

/** The first day of a period, `YYYY-MM-DD`. */
export function firstDay(period: Period): string {
  return `${period}-01`;
}

/** How many months there are from one to another, both counted; less than 1 when they are the wrong way round. */
export function countMonths(from: Period, to: Period): number {
  const index = (period: Period) => Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7));
  return index(to) - index(from) + 1;
}

/** `октябрь 2026`, which never breaks over a line. */
export function formatPeriod(period: Period): string {
  const [year, month] = period.split('-') as [string, string];
  return `${MONTHS[Number(month) - 1]}\u00a0${year}`;
}
