import { MINUTE_MS } from '../../../domain/durations.ts';
import { localTime } from '../../../domain/local-day.ts';
import type { Slip } from './cells.ts';

/** The time at the end of a day that names its zone: `21:00:00Z`, `21:00+03:00`, `21:00:00.000+03`. */
const ZONED = /[T\s](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s?(?:Z|([+-])(\d\d):?(\d\d)?)$/i;

/**
 * Why a cell with the day `YYYY-MM-DD` is no day of ours: its time is another zone's, and here it may be the day before or after. Midnight of
 * whatever zone is how programs write a day alone.
 */
export function zoneCheck(timeZone: string): (day: string, cell: string) => Slip | undefined {
  return (day, cell) => {
    // Most cells are a day alone.
    if (cell.length < '1.1.2026 0:00Z'.length) return undefined;
    const [zoned, hour = '', minute = '', second = '0', fraction = '0', sign, hours = '0', minutes = '0'] =
      ZONED.exec(cell.trim()) ?? [];
    const shown = Number(hour) * 60 + Number(minute);
    if (zoned === undefined || (shown === 0 && Number(second) === 0 && Number(fraction) === 0)) return undefined;
    const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    const written = Date.parse(`${day}T00:00:00Z`) + shown * MINUTE_MS;
    const here = localTime(new Date(written - ahead * MINUTE_MS), timeZone);
    return here === new Date(written).toISOString().slice(0, 'YYYY-MM-DDThh:mm'.length) ? undefined : ELSEWHERE;
  };
}

const ELSEWHERE: Slip = {
  cause: 'время другого часового пояса, у нас это может быть другой день; нужен день по времени центра, без времени',
};
