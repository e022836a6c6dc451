import { type Period, parsePeriod } from '../../domain/period.ts';
import { readSaidMonths, type SaidMonths } from '../../domain/said-months.ts';

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

/** What a chapter is opened with where a month was said and no account: «квитанция за сентябрь». */
export function saidRef(months: string): string {
  return SAID + months;
}

/** The months out of such a reference; undefined when it is another kind of reference. */
export function readSaidRef(ref: string): SaidMonths | undefined {
  return ref.startsWith(SAID) ? readSaidMonths(ref.slice(SAID.length)) : undefined;
}

const SAID = '~';

/** Which month was said, where it has nothing and another one is shown. */
export function monthOfNothing(said: Period | undefined, shown: Period): { said: Period | 'none' } {
  return { said: said === undefined || said === shown ? 'none' : said };
}
