import { z } from 'zod';
import { FieldDate } from './fields.ts';
import { DATED, datedOrNone } from './dated-rows.ts';

const HolidaysRow = z.strictObject({ ...DATED, days: z.array(FieldDate) });

/**
 * Days off as rows for the years of which they are known, or as a bare list of days, which is known to the end of the last one's year: the
 * calendar of a year is made the year before.
 */
export const Holidays = z
  .union([datedOrNone(HolidaysRow), z.array(FieldDate)], {
    error: 'нужен список дат или строк с from, until и days',
  })
  .transform((given): z.output<typeof HolidaysRow>[] => {
    const days = given.filter((each) => typeof each === 'string').toSorted();
    const [first, last] = [days[0], days.at(-1)];
    if (first && last) return [{ from: `${first.slice(0, 4)}-01-01`, until: yearEnd(last), days }];
    return given.filter((each) => typeof each !== 'string').map((row) => ({ ...row, until: row.until ?? yearEnd(row.from) }));
  });

function yearEnd(day: string): string {
  return `${day.slice(0, 4)}-12-31`;
}
