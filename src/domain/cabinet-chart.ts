import { addDays, type LocalDay } from './local-day.ts';
import { type Period, shiftPeriod } from './period.ts';

/** What residents do in the cabinet: register, link an account, hand a reading in, pay by card. */
export type CabinetAction = 'registered' | 'linked' | 'readings' | 'payments';
export const CABINET_ACTIONS: readonly CabinetAction[] = ['registered', 'linked', 'readings', 'payments'];

/** How often each was done within a stretch of days, both included. */
export type CabinetChart = {
  from: LocalDay;
  to: LocalDay;
  step: 'day' | 'month';
  /** One for each step, the oldest first; `from` is its day, or its month `YYYY-MM`. */
  bars: readonly (Record<CabinetAction, number> & { from: string })[];
};

export type ActionsOfDay = { day: LocalDay; action: CabinetAction; count: number };

/** The bars between two days. */
export function calculateActionBars(
  { from, to, step }: Pick<CabinetChart, 'from' | 'to' | 'step'>,
  days: readonly ActionsOfDay[],
): CabinetChart['bars'] {
  const nameOf = (day: LocalDay) => (step === 'day' ? day : day.slice(0, 7));
  const next = (day: LocalDay) => (step === 'day' ? addDays(day, 1) : `${shiftPeriod(day.slice(0, 7) as Period, 1)}-01`);
  const bars = new Map<string, Record<CabinetAction, number>>();
  for (let day = from; nameOf(day) <= nameOf(to); day = next(day))
    bars.set(nameOf(day), { registered: 0, linked: 0, readings: 0, payments: 0 });
  for (const { day, action, count } of days) {
    const bar = bars.get(nameOf(day));
    if (bar) bar[action] += count;
  }
  return [...bars].map(([name, counts]) => ({ from: name, ...counts }));
}

/** How often each was done over all bars. */
export function sumActions({ bars }: Pick<CabinetChart, 'bars'>): Record<CabinetAction, number> {
  const total = { registered: 0, linked: 0, readings: 0, payments: 0 };
  for (const bar of bars) for (const action of CABINET_ACTIONS) total[action] += bar[action];
  return total;
}
