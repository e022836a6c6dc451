import { plainSpaces } from '../domain/unbroken.ts';
import { localTime } from '../domain/local-day.ts';
import type { PersonDataPart } from '../domain/person-data.ts';
import type { Texts } from './texts.ts';

type Value = PersonDataPart['rows'][number][string];

/** Values of these are words of the program, and have words for people; whatever a person wrote stays as it is. */
const NAMED = new Set(['side', 'way', 'endedWhy', 'state', 'purpose', 'closed']);

/** What is kept of a person, as a text that is read without any program of ours. */
export function personFile(
  parts: readonly PersonDataPart[],
  { text, timeZone, now }: { text: Texts['text']; timeZone: string; now: Date },
): string {
  const timeOf = (moment: Date) => {
    const [day = '', time = ''] = localTime(moment, timeZone).split('T');
    return `${dayOf(day)} ${time}`;
  };
  const say = (field: string, value: Value): string => {
    if (value === null || value === '') return '—';
    if (typeof value === 'boolean' || NAMED.has(field)) return text('person-data-value', { value: String(value) });
    if (field.endsWith('Kopecks') && typeof value === 'number') return plainSpaces(text('person-data-sum', { sum: value }));
    if (typeof value !== 'string') return String(value);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return timeOf(new Date(value));
    if (field === 'period') return value.slice(0, 7).split('-').toReversed().join('.');
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayOf(value) : value.replace(/\n/g, '\n    ');
  };
  const rowOf = (row: PersonDataPart['rows'][number]) =>
    Object.entries(row)
      .map(([field, value], i) => `${i === 0 ? '- ' : '  '}${text('person-data-field', { field })}: ${say(field, value)}`)
      .join('\n');
  const partOf = ({ kind, rows }: PersonDataPart) =>
    `${text('person-data-part', { part: kind })}\n${rows.length === 0 ? text('person-data-nothing') : rows.map(rowOf).join('\n')}`;
  return `\ufeff${[text('person-data-title', { at: timeOf(now) }), ...parts.map(partOf)].join('\n\n')}\n`;
}

function dayOf(day: string): string {
  return day.split('-').toReversed().join('.');
}
