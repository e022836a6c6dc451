import { addDays, type LocalDay, localDay } from './local-day.ts';
import { type Period, shiftPeriod } from './period.ts';
import type { WorkingTime } from './working-time.ts';

/** What became of a request's first wait: answered within the norm, after it (or not yet, and beyond it), closed without a word, under way. */
export type Fate = 'in-time' | 'late' | 'unanswered' | 'waiting';
export const FATES: readonly Fate[] = ['in-time', 'late', 'unanswered', 'waiting'];

/** Requests that were opened within a stretch of days, both included, by what became of them. */
export type DeskChart = {
  from: LocalDay;
  to: LocalDay;
  step: 'day' | 'month';
  /** One for each step, the oldest first; `from` is its day, or its month `YYYY-MM`. */
  bars: readonly (Record<Fate, number> & { from: string })[];
  /** Ratings that were given within it; the mean with one decimal, 0 where there is none. */
  rated: number;
  rating: number;
};

/** The times of a request that say what became of it. */
export type AskedAndAnswered = { openedAt: Date; answeredAt: Date | null; closedAt: Date | null };

/** How a desk is measured: its hours, and the norm of an answer in time of work. */
export type Measure = { hours: WorkingTime; normMs: number; now: Date };

/** How long the first answer took, in time of work; null where there is none. */
export function answerMs({ openedAt, answeredAt }: AskedAndAnswered, { hours }: Pick<Measure, 'hours'>): number | null {
  return answeredAt === null ? null : hours.workingMs(openedAt, answeredAt);
}

export function fateOf(request: AskedAndAnswered, measure: Measure): Fate {
  const answered = answerMs(request, measure);
  if (answered !== null) return answered <= measure.normMs ? 'in-time' : 'late';
  if (request.closedAt !== null) return 'unanswered';
  return measure.hours.workingMs(request.openedAt, measure.now) > measure.normMs ? 'late' : 'waiting';
}

/** The bars between two days; `requests` were opened within them. */
export function calculateBars(
  { from, to, step, timeZone }: Pick<DeskChart, 'from' | 'to' | 'step'> & { timeZone: string },
  requests: readonly { openedAt: Date; fate: Fate }[],
): DeskChart['bars'] {
  const nameOf = (day: LocalDay) => (step === 'day' ? day : day.slice(0, 7));
  const next = (day: LocalDay) => (step === 'day' ? addDays(day, 1) : `${shiftPeriod(day.slice(0, 7) as Period, 1)}-01`);
  const bars = new Map<string, Record<Fate, number>>();
  for (let day = from; nameOf(day) <= nameOf(to); day = next(day)) {
    bars.set(nameOf(day), { 'in-time': 0, late: 0, unanswered: 0, waiting: 0 });
  }
  for (const { openedAt, fate } of requests) {
    const bar = bars.get(nameOf(localDay(openedAt, timeZone)));
    if (bar) bar[fate] += 1;
  }
  return [...bars].map(([name, counts]) => ({ from: name, ...counts }));
}

/** How many of each fate over all bars. */
export function addBars({ bars }: Pick<DeskChart, 'bars'>): Record<Fate, number> {
  const total = { 'in-time': 0, late: 0, unanswered: 0, waiting: 0 };
  for (const bar of bars) for (const fate of FATES) total[fate] += bar[fate];
  return total;
}

/** The part that was answered in time, of those of which it is known by now, in whole percents; null where there is none. */
export function percentInTime({ 'in-time': inTime, late, unanswered }: Record<Fate, number>): number | null {
  const decided = inTime + late + unanswered;
  return decided === 0 ? null : Math.round((100 * inTime) / decided);
}

/** The middle one; of two in the middle, their mean. Null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below, above] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}
