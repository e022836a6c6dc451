import { MOST_DETAIL_MONTHS } from '../../domain/detail.ts';
import { type DetailPreset, detailPresets } from '../../domain/detail-presets.ts';
import { countMonths, formatPeriod, type Period, shiftPeriod } from '../../domain/period.ts';
import { TypedPeriod } from '../../domain/period-typed.ts';
import type { Office } from '../../office/office.ts';
import type { Option, Scene, TextArgs } from '../kit/scene.ts';

/** Months are short: a year of them is one page. */
export const MONTHS_IN_A_ROW = { inARow: 3, pageSize: 12 } as const;

type Range = { from: Period; to: Period };

/**
 * From which month to which, of at least one month that has anything (newest first): by a period that is asked for often, or month by month.
 * `from` is not after `to`, and the range is not too long.
 */
export async function pickRange(
  scene: Scene<Office>,
  months: readonly Period[],
  thisMonth: Period,
  title: TextArgs,
): Promise<Range> {
  const presets = detailPresets(months, thisMonth);
  const first = await pickMonth(scene, 'details-from', months, months, title, presets);
  if (typeof first !== 'string') return first;
  for (;;) {
    const offered = months.filter((month) => month >= first && countMonths(first, month) <= MOST_DETAIL_MONTHS);
    const second = await pickMonth(scene, 'details-to', offered, months, { ...title, from: first });
    if (typeof second !== 'string') return second;
    const [from = first, to = second] = [first, second].sort();
    if (second < first) await scene.say('details-swapped', { from, to });
    if (countMonths(from, to) <= MOST_DETAIL_MONTHS) return { from, to };
    await scene.say('details-too-long', {
      most: MOST_DETAIL_MONTHS,
      from: first,
      to: shiftPeriod(first, MOST_DETAIL_MONTHS - 1),
    });
  }
}

/** One of `offered` by a button, or any month typed that is not outside of the months that have anything; or a whole period. */
async function pickMonth(
  { pickOr, say }: Scene<Office>,
  question: string,
  offered: readonly Period[],
  months: readonly Period[],
  words: TextArgs,
  presets: readonly DetailPreset[] = [],
): Promise<Period | Range> {
  const oldest = months.at(-1) ?? '';
  const newest = months[0] ?? '';
  const options: Option[] = [
    ...presets.map(({ name }) => ({ key: name, label: { text: `button-${name}` } })),
    ...offered.map((month) => ({ key: month, label: formatPeriod(month) })),
  ];
  const layout = { ...MONTHS_IN_A_ROW, pageSize: MONTHS_IN_A_ROW.pageSize + presets.length, apart: presets.length };
  for (;;) {
    const answer = await pickOr(question, options, TypedPeriod, words, layout);
    const preset = 'picked' in answer ? presets.find(({ name }) => name === answer.picked) : undefined;
    if (preset) return { from: preset.from, to: preset.to };
    const month = 'picked' in answer ? (answer.picked as Period) : answer.answer;
    if (month >= oldest && month <= newest) return month;
    await say('details-out-of-range', { period: month, oldest, newest });
  }
}
