import { MOST_DETAIL_MONTHS } from '../../domain/detail.ts';
import { countMonths, formatPeriod, type Period, shiftPeriod } from '../../domain/period.ts';
import { TypedPeriod } from '../../domain/period-typed.ts';
import type { Office } from '../../office/office.ts';
import type { Scene, TextArgs } from '../kit/scene.ts';

/** From which month to which, of at least one month that has anything (newest first). `from` is not after `to`, and the range is not too long. */
export async function pickRange(
  scene: Scene<Office>,
  months: readonly Period[],
  title: TextArgs,
): Promise<{ from: Period; to: Period }> {
  const first = await pickMonth(scene, 'details-from', months, months, title);
  for (;;) {
    const offered = months.filter((month) => month >= first && countMonths(first, month) <= MOST_DETAIL_MONTHS);
    const second = await pickMonth(scene, 'details-to', offered, months, { ...title, from: first });
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

/** One of `offered` by a button, or any month typed that is not outside of the months that have anything. */
async function pickMonth(
  { pickOr, say }: Scene<Office>,
  question: string,
  offered: readonly Period[],
  months: readonly Period[],
  words: TextArgs,
): Promise<Period> {
  const oldest = months.at(-1) ?? '';
  const newest = months[0] ?? '';
  const options = offered.map((month) => ({ key: month, label: formatPeriod(month) }));
  for (;;) {
    const answer = await pickOr(question, options, TypedPeriod, words);
    const month = 'picked' in answer ? (answer.picked as Period) : answer.answer;
    if (month >= oldest && month <= newest) return month;
    await say('details-out-of-range', { period: month, oldest, newest });
  }
}
