import { makePeriod, type Period, shiftPeriod } from './period.ts';

/** A period that is asked for often, for a subsidy or a tax return; all of it that there is. */
export type DetailPreset = { name: 'this-year' | 'half-year' | 'last-year'; from: Period; to: Period };

/** Of the months that have anything (newest first); all three or, where one of them would be empty, only those that are not. */
export function detailPresets(months: readonly Period[], thisMonth: Period): DetailPreset[] {
  const year = Number(thisMonth.slice(0, 4));
  const newest = months[0] ?? thisMonth;
  const wanted: DetailPreset[] = [
    { name: 'this-year', from: makePeriod(year, 1), to: makePeriod(year, 12) },
    { name: 'half-year', from: shiftPeriod(newest, -5), to: newest },
    { name: 'last-year', from: makePeriod(year - 1, 1), to: makePeriod(year - 1, 12) },
  ];
  return wanted.flatMap(({ name, from, to }) => {
    const within = months.filter((month) => month >= from && month <= to);
    const [last, first] = [within[0], within.at(-1)];
    return first && last ? [{ name, from: first, to: last }] : [];
  });
}
