import { type Period, parsePeriod } from '../../domain/period.ts';

/** What a button carries of an account's months: the link, and `-YYYYMM` for each. */
export function monthRef(link: string, ...months: readonly Period[]): string {
  return [link, ...months.map((month) => month.replace('-', ''))].join('-');
}

/** The other way round; it is the client's word, so months may be wanting and the link anybody's. */
export function readMonthRef(ref: string): { link: string; months: Period[] } {
  const [, link = '', suffix = ''] = /^(.*?)((?:-\d{6})*)$/s.exec(ref) ?? [];
  const months = suffix
    .split('-')
    .filter(Boolean)
    .map((month) => parsePeriod(`${month.slice(0, 4)}-${month.slice(4)}`));
  return { link, months: months.filter((month) => month !== undefined) };
}
