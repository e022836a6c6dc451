import { plainSpaces } from '../../../domain/unbroken.ts';
import { addDays, type LocalDay } from '../../../domain/local-day.ts';
import { firstDay, formatPeriod, periodOf, shiftPeriod } from '../../../domain/period.ts';
import type { Slip } from './cells.ts';
import { zoneCheck } from './zones.ts';

/** Until when the days of a column can be meant: what has happened, what is charged, what a meter is good for. */
export type Until = 'today' | 'tomorrow' | 'next-month' | 'in-30-years';

/** Why a day `YYYY-MM-DD` (of a period: its first), as it stands in a cell, cannot be meant; undefined when it can. */
export type Bounds = (day: string, until: Until, cell: string) => Slip | undefined;

const EARLIEST = '2000-01-01';

/**
 * What can be meant on the day that it is, by the centre's clocks: no moment of another zone, nothing before 2000, no day later than tomorrow,
 * no period later than the next month. An account is closed from its day on and not a day before. A meter is verified for years ahead, the
 * longest for some twenty.
 */
export function boundsOf(today: LocalDay, timeZone: string): Bounds {
  const ofOtherZone = zoneCheck(timeZone);
  const tomorrow = addDays(today, 1);
  const nextMonth = firstDay(shiftPeriod(periodOf(today), 1));
  const farthest = addDays(today, 30 * 366);
  const tooEarly: Slip = { expected: 'нужен день не раньше 01.01.2000' };
  const earlyMonth: Slip = { expected: 'нужен месяц не раньше 01.2000' };
  const notYet: Slip = { expected: 'этот день ещё не наступил: загрузите строку снова, когда счёт закроется' };
  const lateDay: Slip = { expected: `нужен день не позже завтрашнего, ${dotted(tomorrow)}` };
  const lateMonth: Slip = { expected: `нужен месяц не позже следующего, ${plainSpaces(formatPeriod(periodOf(nextMonth)))}` };
  const lateMeter: Slip = { expected: 'нужен день не позже, чем через 30 лет' };
  return (day, until, cell) => {
    const elsewhere = ofOtherZone(day, cell);
    if (elsewhere) return elsewhere;
    if (day < EARLIEST) return until === 'next-month' ? earlyMonth : tooEarly;
    if (until === 'today' && day === tomorrow) return notYet;
    if (until === 'today' || until === 'tomorrow') return day > tomorrow ? lateDay : undefined;
    if (until === 'next-month') return day > nextMonth ? lateMonth : undefined;
    return day > farthest ? lateMeter : undefined;
  };
}

const dotted = (day: LocalDay): string => day.split('-').toReversed().join('.');
