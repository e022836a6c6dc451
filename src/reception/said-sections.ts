import { bareLabel } from '../dialogs/kit/label.ts';
import { accountOptions } from '../dialogs/steps/account-words.ts';
import type { ChapterDoor, ChapterName } from '../domain/doors.ts';
import type { FrontDesk } from './front-desk.ts';
import { sectionHeadLookup, sectionLookup } from './menu.ts';
import { callerOf, type Visit } from './visit.ts';
import type { Visitors } from './visitors.ts';

/** Sections that are of one account, and are opened by its link. */
const OF_AN_ACCOUNT: ReadonlySet<ChapterName> = new Set([
  'debt',
  'bill',
  'readings',
  'my-readings',
  'pay',
  'history',
  'details',
  'why',
  'chart',
]);

/** «Портовой 5» and «дачу» are of «Портовая 5» and «Дача». */
const withoutEndings = (words: string): string =>
  words.replace(/(?<=\p{L}{3})(?:ая|ой|ую|ое|ый|ий|ого|ом|ей|а|я|у|ю|ы|и|е)(?!\p{L})/gu, '');

/** Understands sections that are named by words of any kind. */
export function createSaidSections(office: Pick<FrontDesk, 'links'>, { cabinetOf }: Pick<Visitors, 'cabinetOf'>) {
  let sections: ReturnType<typeof sectionLookup> | undefined;
  let heads: ReturnType<typeof sectionHeadLookup> | undefined;

  /** The section that a word alone means («долг»). */
  function sectionOf({ voice }: Visit, words: string): ChapterDoor | undefined {
    sections ??= sectionLookup(voice.label);
    return sections(words);
  }

  /** The same with one of the person's own accounts behind it: «долг по Портовой 5», «квитанция за дачу». */
  async function sectionOfAccount(visit: Visit, words: string): Promise<ChapterDoor | undefined> {
    heads ??= sectionHeadLookup(visit.voice.label);
    const { dialog, rest = '' } = heads(words) ?? {};
    const place = rest.replace(/^(?:по|за|на|для)\s+/, '');
    if (!dialog || !OF_AN_ACCOUNT.has(dialog) || !/\p{L}{2}/u.test(place)) return undefined;
    if ((await cabinetOf(visit)) === null) return undefined;
    const listed = await office.links.list(callerOf(visit, 'accounts'));
    const options = listed.outcome === 'listed' ? accountOptions(listed.accounts) : [];
    const stem = withoutEndings(place);
    const [only, second] = options.filter(
      ({ also = [], means }) => also.some((name) => withoutEndings(bareLabel(name)) === stem) || means?.(place) || means?.(stem),
    );
    return only && !second ? { dialog, ref: only.key } : undefined;
  }

  return { sectionOf, sectionOfAccount };
}
