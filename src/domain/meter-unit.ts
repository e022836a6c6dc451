import { formatReading, type Thousandths } from './reading.ts';

/** What a meter counts, by the words of its service; the first that fits: heat carriers and hot water are counted as water is. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/электр|освещ/i, 'кВт·ч'],
  [/теплоносит/i, 'м³'],
  [/отоплен|тепл|подогрев/i, 'Гкал'],
  [/вод|хвс|гвс|канализ|сток|газ/i, 'м³'],
];

const UNBROKEN = '\u00A0';

/** `кВт·ч`; undefined where the service does not tell. */
export function meterUnit(service: string): string | undefined {
  return UNITS.find(([words]) => words.test(service))?.[1];
}

/** `305,5 м³`, never broken over a line; of a service of which nobody knows what its meter counts, the number alone. */
export function formatMeasured(value: Thousandths, service: string): string {
  const unit = meterUnit(service);
  return formatReading(value) + (unit === undefined ? '' : UNBROKEN + unit);
}
