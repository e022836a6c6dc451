import { parseMoney } from '../../../domain/money.ts';
import { parsePeriod } from '../../../domain/period.ts';
import { ONES_OF_EXCEL } from './excel.ts';

/** What a cell says, as Postgres reads it (null: nothing); or, as an object, in Russian, what was expected of it or what it is instead. */
export type CellRead = string | null | Slip;
export type Slip = { readonly expected: string } | { readonly cause: string };
export type ReadCell = (cell: string) => CellRead;

const ACCOUNT = /^[0-9]{5,20}$/;
const DECIMAL = /^(-?)(\d{1,12})(?:[.,](\d{1,6})0*)?$/;
/** A day; the time after it says nothing more, unless it is another zone's (`zones.ts`). */
const DAY =
  /^(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2})|(\d{2})-(\d{2})-(\d{4}))(?:[T\s]\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
/** A day as a spreadsheet counts it, from 1954 to 2119. */
const SERIAL_DAY = /^[2-7]\d{4}(?:[.,]\d+)?$/;
/** Control characters, and the mark of a byte that the file's encoding does not know. */
// oxlint-disable-next-line no-control-regex
const UNREADABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/;

const NEEDED: Slip = { expected: 'нужно значение, а пусто' };

/** 5 to 20 digits, leading zeros count. */
export const account: ReadCell = (cell) => {
  if (ACCOUNT.test(cell)) return cell;
  const text = cell.trim();
  if (ACCOUNT.test(text)) return text;
  if (/^\d+[.,]0*$/.test(text)) return ONES_OF_EXCEL.fraction;
  if (/^[\dOoОо]{5,}$/.test(text)) return { cause: 'в номере буква «О» вместо нуля' };
  if (/[A-Za-z]/.test(text)) return { cause: 'в номере латинские буквы, а нужны 5–20 цифр' };
  return { expected: 'нужен номер из 5–20 цифр' };
};

/** A number of a meter or an operation, as words; what a spreadsheet has shortened or put marks around is none. */
export function code(longest: number): ReadCell {
  const read = words(longest);
  return (cell) => {
    const text = cell.trim();
    if (/^\d(?:[.,]\d+)?E\+\d{2,}$/i.test(text)) return ONES_OF_EXCEL.power;
    if (text.startsWith("'")) return ONES_OF_EXCEL.apostrophe;
    return read(cell);
  };
}

/** Words with single spaces, at most `longest` characters. */
export function words(longest: number): ReadCell {
  return (cell) => {
    if (UNREADABLE.test(cell)) return { expected: 'есть знаки, которые не читаются' };
    const text = cell.replace(/\s+/g, ' ').trim();
    return text.length <= longest ? text : { expected: `не больше ${longest} знаков` };
  };
}

const MAYBE_THOUSANDS = /^-?[1-9]\d{0,2}[.,]\d{3}$/;
const BELOW_KOPECKS = /^-?\d{1,12}[.,]\d{3,}$/;

/** A whole number of kopecks from `1234,56`, `1 234.5`, `-12`, and what databases write: `,56`, `12,5000`, `12,50-`. */
export const money: ReadCell = (cell) => {
  const quick = quickKopecks(cell);
  if (quick !== undefined) return String(quick);
  const text = plainNumber(cell);
  if (MAYBE_THOUSANDS.test(text)) return { cause: 'три знака после запятой: то ли копейки, то ли тысячи' };
  const kopecks = parseMoney(text.replace(/^(-?\d+[.,]\d\d)0+$/, '$1'));
  if (kopecks !== undefined) return String(kopecks);
  return BELOW_KOPECKS.test(text) ? ONES_OF_EXCEL.decimals : { expected: 'нужна сумма как 1234,56' };
};

/** A number as people write it, of one as programs do: without spaces, the sign before it, a digit before the comma. */
function plainNumber(cell: string): string {
  return (
    cell
      .trim()
      // Two lines of a cell are no one number.
      .replace(/[^\S\n\r\u2028\u2029]/g, '')
      .replace(/^[−–]/, '-')
      .replace(/^([\d.,]+)[-−–]$/, '-$1')
      .replace(/^\+(?=[\d.,])/, '')
      .replace(/^(-?)(?=[.,]\d)/, '$10')
  );
}

/** The common form, digit by digit: a registry has millions of them. */
function quickKopecks(cell: string): number | undefined {
  const minus = cell.charCodeAt(0) === 45;
  let at = minus ? 1 : 0;
  const start = at;
  let whole = 0;
  let digit = cell.charCodeAt(at) - 48;
  while (digit >= 0 && digit <= 9) {
    whole = whole * 10 + digit;
    at += 1;
    digit = cell.charCodeAt(at) - 48;
  }
  if (at === start || at - start > 11) return undefined;
  let kopecks = whole * 100;
  if (at < cell.length) {
    const tens = cell.charCodeAt(at + 1) - 48;
    const ones = at + 2 < cell.length ? cell.charCodeAt(at + 2) - 48 : 0;
    const mark = cell.charCodeAt(at);
    if ((mark !== 44 && mark !== 46) || at + 3 < cell.length || !(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9))
      return undefined;
    kopecks += tens * 10 + ones;
  }
  return minus && kopecks !== 0 ? -kopecks : kopecks;
}

/** A decimal of up to 12 digits before and 6 after the point. */
export function decimal(sign: 'any' | 'positive'): ReadCell {
  return (cell) => {
    const match = DECIMAL.exec(cell) ?? DECIMAL.exec(plainNumber(cell));
    if (!match) return { expected: 'нужно число как 12,5' };
    if (sign === 'positive' && match[1] === '-') return { expected: 'нужно число не меньше нуля' };
    return `${match[1]}${match[2]}${match[3] === undefined ? '' : `.${match[3]}`}`;
  };
}

/** A whole number from `least` to `most`, also as `2,0`. */
export function whole(least: number, most: number): ReadCell {
  return (cell) => {
    const text = cell.trim().replace(/[.,]0+$/, '');
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? String(value) : { expected: `нужно целое число от ${least} до ${most}` };
  };
}

const NO_DAY: Slip = { expected: 'нужна дата как 31.10.2026' };
const NOT_IN_CALENDAR: Slip = { expected: 'такого дня нет' };

/** A day of the calendar, `DD.MM.YYYY`, `DD-MM-YYYY` or ISO, with a time or without, as `YYYY-MM-DD`. */
export const day: ReadCell = (cell) => {
  const text = cell.trim();
  const match = DAY.exec(text);
  const year = Number(match?.[3] ?? match?.[4] ?? match?.[9]);
  const month = Number(match?.[2] ?? match?.[5] ?? match?.[8]);
  const date = Number(match?.[1] ?? match?.[6] ?? match?.[7]);
  if (!match) return SERIAL_DAY.test(text) ? ONES_OF_EXCEL.serialDay : NO_DAY;
  if (month < 1 || month > 12) return NO_DAY;
  if (date < 1 || date > daysOf(year, month)) return NOT_IN_CALENDAR;
  if (year < 1900 || year > 2100) return { expected: 'нужен год от 2000' };
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
};

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** A month, `MM.YYYY`, `YYYY-MM` or its first day, as its first day. */
export const month: ReadCell = (cell) => {
  const period = parsePeriod(cell);
  if (period !== undefined) return `${period}-01`;
  const read = day(cell);
  if (typeof read === 'string' && read.endsWith('-01')) return read;
  const isNone = /^(?:\d{2}\.\d{4}|\d{4}-\d{2})$/.test(cell.trim());
  return { expected: isNone ? 'такого месяца нет' : 'нужен месяц как 10.2026' };
};

/** Whether, and if known since when: `true`, `false` or a day. */
export const closing: ReadCell = (cell) => {
  const text = cell.trim().toLowerCase();
  if (text === 'да' || text === '1') return 'true';
  if (text === 'нет' || text === '0') return 'false';
  const read = day(text);
  return typeof read === 'string' || read === NOT_IN_CALENDAR ? read : { expected: 'нужно «да», «нет» или дата как 31.10.2026' };
};

/** Whether an answer of `closing` is a day. */
export const isDay = (answer: string): boolean => answer.charCodeAt(4) === 45;

/** What billing says of a reading: `accepted` or `refused`. */
export const verdict: ReadCell = (cell) => {
  const text = cell.trim().toLowerCase().replaceAll('ё', 'е');
  if (/^(принят[оаы]?|учтен[оаы]?|да|1)$/.test(text)) return 'accepted';
  if (/^(отклонен[оаы]?|не ?(принят|учтен)[оаы]?|отказ(ано)?|нет|0)$/.test(text)) return 'refused';
  return { expected: 'нужно «принято» или «отклонено»' };
};

/** The same, where nothing is an answer too: `otherwise`. */
export function maybe(read: ReadCell, otherwise: string | null = null): ReadCell {
  return (cell) => (isBlank(cell) ? otherwise : read(cell));
}

/** The same, where nothing is a slip. */
export function needed(read: ReadCell): ReadCell {
  return (cell) => (isBlank(cell) ? NEEDED : read(cell));
}

function isBlank(cell: string): boolean {
  if (cell === '') return true;
  const first = cell.charCodeAt(0);
  // A registry's cells seldom start with a space, and trimming them all costs more than reading them.
  return (first <= 32 || first >= 160) && cell.trim() === '';
}

const LONGEST_REPEATED = 200;

/** The same, remembering what a column repeats; `read` must be pure. */
export function repeated(read: ReadCell): ReadCell {
  const known = new Map<string, CellRead>();
  return (cell) => {
    let answer = known.get(cell);
    if (answer !== undefined) return answer;
    // A column repeats what is short; thousands of cells as long as a record would fill the memory.
    if (cell.length > LONGEST_REPEATED) return read(cell);
    // A copy: a cell is a slice, and one that is kept would keep the whole piece of the file.
    const copy = JSON.parse(JSON.stringify(cell)) as string;
    answer = read(copy);
    if (known.size >= 4_096) known.clear();
    known.set(copy, answer);
    return answer;
  };
}
