import { formatReading, judgeReading, ReadingText, type Scale, type Thousandths } from '../../domain/reading.ts';
import type { SheetScale } from '../../office/readings/meter-sheet.ts';
import type { Office } from '../../office/office.ts';
import type { HandedIn } from '../../office/readings/readings.ts';
import type { Scene, TextArgs } from '../kit/scene.ts';
import { meterWords } from './meter-words.ts';

/** A reading that was typed and judged; `used` since the last one where that is known. */
export type ReadingAsked = HandedIn & { used: Thousandths | null };

/**
 * What one scale shows, until it can be right or is skipped (undefined): too many digits and less than before are explained and asked
 * again; a rollover and unusual use are to be confirmed. `shown` is the scale with the number as this person may see it.
 */
export async function askReading(
  { askOr, choose }: Scene<Office>,
  scale: SheetScale,
  shown: SheetScale,
  place: { at: number; of: number },
): Promise<ReadingAsked | undefined> {
  const words = { ...questionWords(shown), ...place };
  let question = 'readings-meter';
  let typed: TextArgs = { value: '' };
  for (;;) {
    const answer = await askOr(question, ReadingText, { words: { ...words, ...typed }, buttons: ['skip-meter'] });
    if ('pressed' in answer) return undefined;
    const judged = judgeReading(answer.answer, knownOf(scale));
    const used = 'used' in judged ? judged.used : null;
    const reading = { number: scale.number, scale: scale.scale, ...answer.answer, used };
    typed = { value: formatReading(reading.value) };
    switch (judged.verdict) {
      case 'fits':
        return { ...reading, sure: false };
      case 'digits':
        question = 'readings-digits';
        break;
      case 'lower':
        question = 'readings-lower';
        break;
      case 'rollover':
      case 'high': {
        const asked = judged.verdict === 'high' ? 'readings-high' : 'readings-rollover';
        const compared = { ...words, ...typed, used: formatReading(used ?? 0) };
        if ((await choose(asked, ['all-right', 'correct'], compared)) === 'all-right') return { ...reading, sure: true };
        question = 'readings-meter';
      }
    }
  }
}

function knownOf({ digits, last, unusual }: SheetScale): Scale {
  return { digits, unusual, last: last?.value ?? null };
}

function questionWords(scale: SheetScale): TextArgs {
  const { last, given, overdue, digits } = scale;
  return {
    ...meterWords(scale),
    known: last === null ? 'no' : 'yes',
    last: last === null ? '' : formatReading(last.value),
    lastDay: last?.day ?? '',
    dated: last?.day ? 'yes' : 'no',
    handed: given === null ? 'no' : scale.givenByOther ? 'other' : 'yes',
    given: given === null ? '' : formatReading(given),
    unverified: overdue === null ? 'no' : 'yes',
    overdue: overdue ?? '',
    digits: digits ?? 0,
  };
}
