import { formatReading, type Thousandths } from '../../domain/reading.ts';
import type { Phrase, Words } from '../kit/scene.ts';

type Meter = { service: string; scale: string; number: string };

/** A scale of a meter, for the text `meter-title`. */
export function meterWords({ service, scale, number }: Meter): Words {
  return { service, number, scale, zoned: scale === '' ? 'no' : 'yes' };
}

/** A scale with a value, on a button. */
export function meterLabel({ service, scale }: Meter, value: Thousandths | null): string {
  const zone = scale === '' ? '' : `, ${scale}`;
  return `${service}${zone} · ${value === null ? '—' : formatReading(value)}`;
}

/** A line of a list of readings; `used` since the last one where that is known. */
export function meterLine(meter: Meter, value: Thousandths, used: Thousandths | null): Phrase {
  const words = { value: formatReading(value), compared: used === null ? 'no' : 'yes', used: formatReading(used ?? 0) };
  return { text: 'meter-line', words: { ...meterWords(meter), ...words } };
}
