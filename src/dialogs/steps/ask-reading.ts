import { formatMeasured } from '../../domain/meter-unit.ts';
import { judgeReading, type Thousandths, type TypedReading } from '../../domain/reading.ts';
import type { SheetScale } from '../../office/readings/meter-sheet.ts';
import type { Office } from '../../office/office.ts';
import type { HandedIn } from '../../office/readings/readings.ts';
import type { Leaving, Photo, Scene, TextArgs } from '../kit/scene.ts';
import { hearReadings, knownOf } from './hear-readings.ts';
import { meterWords } from './meter-words.ts';

/** A reading that was typed and judged; `used` since the last one where that is known. */
export type ReadingAsked = HandedIn & { used: Thousandths | null };

/** A reading that can be right; or the person leaves it out, or writes to staff about the meter that showed `value`. */
export type Settled = { reading: ReadingAsked } | { left: 'skipped' } | { left: 'write'; value: Thousandths };

/** The reading, where nothing is to be asked about it. */
export function plainReading(scale: SheetScale, typed: TypedReading): ReadingAsked | undefined {
  const judged = judgeReading(typed, knownOf(scale));
  return judged.verdict === 'fits' ? asked(scale, typed, judged.used, false) : undefined;
}

/**
 * A reading of a scale about which something is to be asked: too many digits and less than before are explained and the reading is asked again, a
 * rollover and unusual use are to be confirmed; a number that is typed there is the reading. `words` are of the question about this scale; photos that
 * come meanwhile are put to `photos`.
 */
export async function settleReading(
  scene: Scene<Office>,
  scale: SheetScale,
  { value, digits, whole }: TypedReading,
  { words, photos, left }: { words: TextArgs; photos: Photo[] } & Leaving,
): Promise<Settled> {
  let typed: TypedReading = { value, digits, whole };
  let question = '';
  for (;;) {
    const judged = judgeReading(typed, knownOf(scale));
    const said = { ...words, value: formatMeasured(typed.value, scale.service) };
    const scope = { scales: [scale], wanted: [0], left, photographed: photos.length > 0 };
    let heard;
    switch (judged.verdict) {
      case 'fits':
        return { reading: asked(scale, typed, judged.used, false) };
      case 'digits':
      case 'lower':
        question = `readings-${judged.verdict}`;
        heard = await hearReadings(scene, question, { ...scope, words: said, buttons: ['write-us', 'skip-meter'] });
        break;
      case 'rollover':
      case 'high': {
        question = `readings-${judged.verdict}`;
        const compared = { ...said, used: formatMeasured(judged.used ?? 0, scale.service) };
        heard = await hearReadings(scene, question, { ...scope, words: compared, buttons: ['all-right', 'correct'] });
        if ('pressed' in heard) {
          photos.push(...heard.photos);
          if (heard.pressed === 'all-right') return { reading: asked(scale, typed, judged.used, true) };
          const again = { ...scope, photographed: photos.length > 0, words: said };
          heard = await hearReadings(scene, 'readings-meter', { ...again, buttons: ['skip-meter'] });
        }
      }
    }
    photos.push(...heard.photos);
    if ('pressed' in heard) return heard.pressed === 'write-us' ? { left: 'write', value: typed.value } : { left: 'skipped' };
    typed = heard.readings[0] ?? typed;
  }
}

function asked(
  { number, scale }: SheetScale,
  { value, digits, whole }: TypedReading,
  used: Thousandths | null,
  sure: boolean,
): ReadingAsked {
  return { number, scale, value, digits, whole, used, sure };
}

/** The words of a question about one scale. */
export function scaleWords(scale: SheetScale): TextArgs {
  const { last, given, overdue, digits } = scale;
  return {
    ...meterWords(scale),
    known: last !== null,
    last: last === null ? '' : formatMeasured(last.value, scale.service),
    lastDay: last?.day ?? '',
    dated: Boolean(last?.day),
    handed: given === null ? 'no' : scale.givenByOther ? 'other' : 'yes',
    given: given === null ? '' : formatMeasured(given, scale.service),
    unverified: overdue !== null,
    overdue: overdue ?? '',
    digits: digits ?? 0,
  };
}
