/** How a layout writes days, or months where it has no `DD`. */
export type DateForm = {
  /** As the layout says it. */
  form: string;
  /** The day or the month of a text in this form, as we write it; undefined where it is not in it. */
  read: (text: string) => string | undefined;
};

const PARTS: Readonly<Record<string, { name: string; loose: string; exact: string }>> = {
  YYYY: { name: 'year', loose: '\\d{4}', exact: '\\d{4}' },
  YY: { name: 'short', loose: '\\d{2}', exact: '\\d{2}' },
  MM: { name: 'month', loose: '\\d{1,2}', exact: '\\d{2}' },
  DD: { name: 'day', loose: '\\d{1,2}', exact: '\\d{2}' },
  HH: { name: 'hour', loose: '\\d{1,2}', exact: '\\d{2}' },
  mm: { name: 'minute', loose: '\\d{2}', exact: '\\d{2}' },
  ss: { name: 'second', loose: '\\d{2}', exact: '\\d{2}' },
};
const PART = /(YYYY|YY|MM|DD|HH|mm|ss)/;
/** After a day it says nothing more. */
const TIME = '(?:[T ]+\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?)?';

/** Reads a form such as `DD-MM-YYYY`, `YYYYMMDD`, `MM/YYYY`; undefined where it is none. */
export function dateFormOf(form: string): DateForm | undefined {
  const pieces = (/[A-Z]/.test(form) ? form : form.toUpperCase()).split(PART);
  const parts = pieces.filter((piece) => piece in PARTS);
  const dated = parts.filter((part) => !['HH', 'mm', 'ss'].includes(part)).sort();
  if (!['DD MM YYYY', 'DD MM YY', 'MM YYYY', 'MM YY'].includes(dated.join(' '))) return undefined;
  const between = pieces.filter((piece) => !(piece in PARTS));
  if (new Set(parts).size !== parts.length || !/^[\s.,:;/_T-]*$/.test(between.join(''))) return undefined;

  // Digits that nothing divides are all there: `05112026`.
  const exact = between.slice(1, -1).includes('');
  const source = pieces.map((piece) => {
    const part = PARTS[piece];
    return part ? `(?<${part.name}>${exact ? part.exact : part.loose})` : piece.replace(/\./g, '\\.');
  });
  const pattern = new RegExp(`^${source.join('')}${parts.includes('HH') ? '' : TIME}$`);
  return {
    form,
    read(text) {
      const found = pattern.exec(text)?.groups;
      if (!found) return undefined;
      const year = found.year ?? `20${found.short}`;
      const month = (found.month ?? '').padStart(2, '0');
      return found.day === undefined ? `${month}.${year}` : `${found.day.padStart(2, '0')}.${month}.${year}`;
    },
  };
}
