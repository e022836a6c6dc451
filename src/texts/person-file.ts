import { formatDecimal } from '../domain/decimal.ts';
import { plainSpaces } from '../domain/unbroken.ts';
import { isNewsKind } from '../domain/news.ts';
import { localTime } from '../domain/local-day.ts';
import type { PersonDataPart } from '../domain/person-data.ts';
import type { Texts } from './texts.ts';

type Value = PersonDataPart['rows'][number][string];

/** Values of these are words of the program, and have words for people; whatever a person wrote stays as it is. */
const NAMED = new Set(['side', 'way', 'endedWhy', 'state', 'purpose', 'closed']);

/** The same, where a word means one thing in a part of its own: by part and field, the text that says it. */
const NAMED_IN: Readonly<Record<string, string>> = {
  'codes.delivery': 'person-data-code',
  'readings.state': 'person-data-reading',
  'handedIn.state': 'person-data-reading',
  'requests.kind': 'person-data-request',
  'requestMessages.kind': 'person-data-message',
};

const DECIMALS = new Set(['value', 'area', 'norm', 'volume', 'tariff']);

/** What is kept of a person, as a text that is read without any program of ours. */
export function personFile(
  parts: readonly PersonDataPart[],
  { text, timeZone, now }: { text: Texts['text']; timeZone: string; now: Date },
): string {
  const timeOf = (moment: Date) => {
    const [day = '', time = ''] = localTime(moment, timeZone).split('T');
    return `${dayOf(day)} ${time}`;
  };
  const say = (part: string, field: string, value: Value): string => {
    if (value === null || value === '') return '—';
    const named = NAMED_IN[`${part}.${field}`];
    if (named !== undefined) return text(named, { value: String(value) });
    if (`${part}.${field}` === 'mutedNews.kind' && isNewsKind(value)) return text(`news-name-${value}`);
    if (typeof value === 'boolean' || NAMED.has(field)) return text('person-data-value', { value: String(value) });
    if (field.endsWith('Kopecks') && typeof value === 'number') return plainSpaces(text('person-data-sum', { sum: value }));
    if (typeof value !== 'string') return String(value);
    if (DECIMALS.has(field)) return plainSpaces(formatDecimal(value));
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return timeOf(new Date(value));
    if (field === 'period') return value.slice(0, 7).split('-').toReversed().join('.');
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayOf(value) : value.replace(/\n/g, '\n    ');
  };
  const rowOf = (part: string, row: PersonDataPart['rows'][number]) =>
    Object.entries(row)
      .map(([field, value], i) => `${i === 0 ? '- ' : '  '}${text('person-data-field', { field })}: ${say(part, field, value)}`)
      .join('\n');
  const partOf = ({ kind, rows }: PersonDataPart) =>
    `${text('person-data-part', { part: kind })}\n${rows.length === 0 ? text('person-data-nothing') : rows.map((row) => rowOf(kind, row)).join('\n')}`;
  return `\ufeff${[text('person-data-title', { at: timeOf(now) }), ...parts.map(partOf)].join('\n\n')}\n`;
}

function dayOf(day: string): string {
  return day.split('-').toReversed().join('.');
}
