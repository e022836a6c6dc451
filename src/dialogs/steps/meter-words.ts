import { maskMeterNumber } from '../../domain/meter-scale.ts';
import { formatMeasured } from '../../domain/meter-unit.ts';
import { formatReading, type Thousandths } from '../../domain/reading.ts';
import { meansScale } from '../../domain/typed-readings.ts';
import type { Option, Phrase, TextArgs } from '../kit/scene.ts';

type Meter = { service: string; scale: string; number: string };

/** A scale of a meter, for the text `meter-title`. */
export function meterWords({ service, scale, number }: Meter): TextArgs {
  return { service, number, scale, zoned: scale !== '' };
}

/** Scales with their values, on buttons; the end of the number tells apart two meters of one service. */
export function meterLabels<M extends Meter>(
  meters: readonly M[],
  valueOf: (meter: M, i: number) => Thousandths | null,
): Phrase[] {
  return meters.map((meter, i) => {
    const { service, scale, number } = meter;
    const alike = meters.some((other) => other.service === service && other.scale === scale && other.number !== number);
    const value = valueOf(meter, i);
    const words = { ...meterWords(meter), number: maskMeterNumber(number), alike };
    return { text: 'meter-label', words: { ...words, value: value === null ? '—' : formatReading(value) } };
  });
}

/** A scale to choose, by its button or by what people call it. */
export function meterOption(
  key: string,
  label: string | Phrase,
  { display = '', ...meter }: Meter & { display?: string },
): Option {
  return { key, label, means: (typed) => meansScale(typed, { ...meter, display }) };
}

/** What is said where several of them fit what was typed, or none. */
export const OF_METERS = { several: 'problem-several-meters', none: 'problem-press-a-button' };

/** A line of a list of readings; `used` since the last one where that is known. */
export function meterLine(meter: Meter, value: Thousandths, used: Thousandths | null): Phrase {
  return { text: 'meter-line', words: { ...meterWords(meter), ...valueWords(meter, value, used) } };
}

/** What a scale shows and what was used since, with the unit of its service. */
export function valueWords({ service }: Pick<Meter, 'service'>, value: Thousandths, used: Thousandths | null): TextArgs {
  const compared = used !== null;
  return { value: formatMeasured(value, service), compared, used: formatMeasured(used ?? 0, service) };
}
