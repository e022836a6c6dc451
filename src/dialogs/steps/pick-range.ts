import { MOST_DETAIL_MONTHS } from '../../domain/detail.ts';
import { type DetailPreset, detailPresets } from '../../domain/detail-presets.ts';
import { countMonths, formatPeriod, type Period, shiftPeriod } from '../../domain/period.ts';
import { monthsMeant, SaidMonths } from '../../domain/said-months.ts';
import type { Office } from '../../office/office.ts';
import type { Option, Scene, TextArgs } from '../kit/scene.ts';

/** Months are short: a year of them is one page. */
export const MONTHS_IN_A_ROW = { inARow: 3, pageSize: 12 } as const;

type Range = { from: Period; to: Period };

/**
 * From which month to which, of at least one month that has anything (newest first): by a period that is asked for often, as it is written
 * (`said` is what was written before), or month by month. `from` is not after `to`, and the range is not too long.
 */
export async function pickRange(
  scene: Scene<Office>,
  months: readonly Period[],
  thisMonth: Period,
  title: TextArgs,
  said?: SaidMonths,
): Promise<Range> {
  const presets = detailPresets(months, thisMonth);
  let range = said ? await within(scene, said, months) : undefined;
  for (;;) {
    range ??= await pickMonths(scene, 'details-from', months, months, title, presets);
    const first = range.from;
    if (!range.whole) {
      const offered = months.filter((month) => month >= first && countMonths(first, month) <= MOST_DETAIL_MONTHS);
      const second = await pickMonths(scene, 'details-to', offered, months, { ...title, from: first });
      range = second.whole && second.from !== second.to ? second : { from: first, to: second.to, whole: true };
    }
    const [from = range.from, to = range.to] = [range.from, range.to].sort();
    if (range.to < range.from) await scene.say('details-swapped', { from, to });
    if (countMonths(from, to) <= MOST_DETAIL_MONTHS) return { from, to };
    await scene.say('details-too-long', {
      most: MOST_DETAIL_MONTHS,
      from: range.from,
      to: shiftPeriod(range.from, MOST_DETAIL_MONTHS - 1),
    });
    range = { from: range.from, to: range.from, whole: false };
  }
}

type Picked = Range & { whole: boolean };

/** One of `offered` by a button, or months typed that are not outside of the months that have anything; or a whole period. */
async function pickMonths(
  scene: Scene<Office>,
  question: string,
  offered: readonly Period[],
  months: readonly Period[],
  words: TextArgs,
  presets: readonly DetailPreset[] = [],
): Promise<Picked> {
  const options: Option[] = [
    ...presets.map(({ name }) => ({ key: name, label: { text: `button-${name}` } })),
    ...offered.map((month) => ({ key: month, label: formatPeriod(month) })),
  ];
  const layout = { ...MONTHS_IN_A_ROW, pageSize: MONTHS_IN_A_ROW.pageSize + presets.length, apart: presets.length };
  for (;;) {
    const answer = await scene.pickOr(question, options, SaidMonths, words, { layout });
    const preset = 'picked' in answer ? presets.find(({ name }) => name === answer.picked) : undefined;
    if (preset) return { from: preset.from, to: preset.to, whole: true };
    if ('picked' in answer) return { from: answer.picked as Period, to: answer.picked as Period, whole: false };
    const range = await within(scene, answer.answer, months);
    if (range) return range;
  }
}

/** The months that are meant, but for those that have nothing; undefined where none is left, and that was said. */
async function within({ say }: Scene<Office>, said: SaidMonths, months: readonly Period[]): Promise<Picked | undefined> {
  const [newest, oldest = newest] = [months[0], months.at(-1)];
  if (newest === undefined || oldest === undefined) return undefined;
  const { from, to } = monthsMeant(said, newest);
  const isWithin = (month: Period) => month >= oldest && month <= newest;
  const clip = (month: Period) => (month < oldest ? oldest : month > newest ? newest : month);
  if (isWithin(from) || isWithin(to) || (from < oldest && to > newest))
    return { from: clip(from), to: clip(to), whole: said.whole };
  await say('details-out-of-range', { period: from, oldest, newest });
  return undefined;
}
