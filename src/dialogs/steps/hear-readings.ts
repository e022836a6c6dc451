import { formatReading, type Scale } from '../../domain/reading.ts';
import { type AskedScale, type PlacedReading, readReadings, readingsText } from '../../domain/typed-readings.ts';
import type { SheetScale } from '../../office/readings/meter-sheet.ts';
import type { Office } from '../../office/office.ts';
import type { Leaving, Photo, Phrase, Scene, TextArgs } from '../kit/scene.ts';

/** Readings that were written in one message, with photos that came instead of it or before it. `some`: of which scales they are was not said. */
export type HeardReadings = {
  readings: PlacedReading[];
  some: boolean;
  photos: Photo[];
  /** One more could not be read: why, and of which scale it is where that is clear. */
  wrong?: { at: number | null; because: Phrase };
};

/** So many photos are kept with a reading. */
const MOST_PHOTOS = 5;

/**
 * Puts a question that one message with readings answers, whatever way they are written, or a photo with the reading under it. Of a photo alone the
 * reading is asked. `wanted`: whose readings they are where that is not said, in this order. `photographed`: photos that are not kept yet came before.
 */
export async function hearReadings<const K extends string>(
  { askOrPhoto, pick }: Scene<Office>,
  question: string,
  {
    scales,
    wanted,
    words,
    buttons,
    left,
    photographed = false,
    because,
  }: {
    scales: readonly SheetScale[];
    wanted: readonly number[];
    words: TextArgs;
    buttons: readonly K[];
    photographed?: boolean;
    because?: Phrase | undefined;
  } & Leaving,
): Promise<{ pressed: K; photos: Photo[] } | HeardReadings> {
  const asked = scales.map((scale, i): AskedScale => ({ ...scale, ...knownOf(scale), wanted: wanted.includes(i) }));
  const photos: Photo[] = [];
  for (;;) {
    const put = photos.length === 0 ? question : 'readings-photo-value';
    const leaving = photographed || photos.length > 0 ? withPhoto(left) : left;
    const answer = await askOrPhoto(put, readingsText(asked), {
      words,
      buttons,
      neither: 'problem-reading-or-photo-expected',
      left: leaving,
      because: photos.length === 0 ? because : undefined,
    });
    if ('pressed' in answer) return { ...answer, photos };
    if ('photo' in answer && photos.length < MOST_PHOTOS) photos.push(answer.photo);
    const said = 'photo' in answer ? readReadings(answer.caption, asked) : answer.answer;
    switch (said.outcome) {
      case 'slip':
        break;
      case 'read':
        return { ...said, photos };
      case 'partly': {
        const { readings, at, slip } = said;
        return { readings, some: false, photos, wrong: { at, because: { text: `problem-${slip}` } } };
      }
      case 'either': {
        const [one, several] = said.readings;
        const options = [one, several].map((readings, i) => ({ key: String(i), label: valuesOf(readings) }));
        const readings = (await pick('readings-either', options, {}, { left: leaving })) === '0' ? one : several;
        return { readings, some: false, photos };
      }
    }
  }
}

/** What of a scale a reading is judged by. */
export function knownOf({ digits, last, unusual }: SheetScale): Scale {
  return { digits, unusual, last: last?.value ?? null };
}

/** The values as they would be written without a doubt. */
function valuesOf(readings: readonly PlacedReading[]): string {
  return readings.map(({ value }) => formatReading(value)).join(' · ');
}

/** What is said where a person leaves who has sent a photo: it was promised to be kept with the reading, and there is none. */
function withPhoto(left: string | null | undefined): string {
  return LEFT_WITH_PHOTO[left ?? ''] ?? 'readings-photo-left';
}

const LEFT_WITH_PHOTO: Readonly<Record<string, string>> = {
  'readings-left-off': 'readings-photo-left-off',
  'readings-unsettled': 'readings-photo-unsettled',
  'readings-left-off-unsettled': 'readings-photo-left-off-unsettled',
};
