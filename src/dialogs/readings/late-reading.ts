import { maskMeterNumber } from '../../domain/meter-scale.ts';
import { readReadings } from '../../domain/typed-readings.ts';
import type { SheetScale } from '../../office/readings/meter-sheet.ts';
import type { Office } from '../../office/office.ts';
import { withHeading } from '../kit/heading.ts';
import type { Dialog, Phrase } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { scaleWords } from '../steps/ask-reading.ts';
import { guestAccountOf } from '../../domain/door-refs.ts';
import { knownOf } from '../steps/hear-readings.ts';
import { meterAccount, refOf, sayNoReadings } from '../steps/meter-account.ts';
import { meterWords, valueWords } from '../steps/meter-words.ts';

/**
 * «Написать нам» while no readings are taken: what the person writes of the meters becomes a request, above which stand the account and each meter,
 * with the value where one was understood. `ref` as that of «readings».
 */
export const lateReading: Dialog<Office> = async (scene, ref) => {
  const { collect, goTo, inWords, office } = scene;
  const isUnknown = guestAccountOf(ref) === undefined && (await office.residents.who()).who === 'guest';
  if (isUnknown) return goTo('request');
  const account = await meterAccount(scene, ref, 'readings-which-account');
  if (!account) return;
  const found = await office.readings.late(account);
  if (found.outcome === 'open') return goTo('readings', refOf(account));
  if (found.outcome !== 'late') return sayNoReadings(scene, found, account);

  const { title, opens, scales } = found;
  const isGuest = 'guestAccount' in account;
  const shown = isGuest ? scales.map((scale) => ({ ...scale, number: maskMeterNumber(scale.number) })) : scales;
  const lines = shown.map((scale, i): Phrase => ({ text: 'readings-wanted', words: { ...scaleWords(scale), at: i + 1 } }));
  const { messageParts } = await collect('late-reading', {
    words: { ...accountWords(title), opens, lines },
    buttons: [],
    least: 0,
    untilFirst: true,
    more: 'request-more',
  });
  const [first, ...rest] = messageParts;
  if (!first) return;
  const about = (of: readonly Phrase[]) => inWords('late-reading-about', { account: title.account, lines: of });
  const meters = metersOf(shown);
  const values = valuesOf(first.words, scales, shown);
  return goTo('request', '', [withHeading(first, about(values.length > 0 ? values : meters), about(meters)), ...rest]);
};

const metersOf = (shown: readonly SheetScale[]): Phrase[] =>
  shown.map((scale) => ({ text: 'late-reading-meter', words: scaleWords(scale) }));

/** The values that were understood, each with its meter. */
function valuesOf(words: string, scales: readonly SheetScale[], shown: readonly SheetScale[]): Phrase[] {
  const read = readReadings(
    words,
    scales.map((scale) => ({ ...scale, ...knownOf(scale), wanted: true })),
  );
  const known = read.outcome === 'read' && !read.some ? read.readings : [];
  return known.flatMap(({ at, value }) => {
    const scale = shown[at];
    return scale ? [{ text: 'late-reading-value', words: { ...meterWords(scale), ...valueWords(scale, value, null) } }] : [];
  });
}
