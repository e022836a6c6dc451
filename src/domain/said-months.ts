import { z } from 'zod';
import { makePeriod, type Period, parsePeriod } from './period.ts';
import { trimTyped } from './typed.ts';

/** A month as it is said: whole, or without its year (`--09`, as ISO 8601 has it). */
export type SaidMonth = Period | `--${number}`;

/** From one month to another; `whole`: both ends were named, though they may be one month («за сентябрь», «с августа по октябрь», «2026 год»). */
export type SaidMonths = { from: SaidMonth; to: SaidMonth; whole: boolean };

/** A month as people type it (`10.2026`, `2026-10`, `октябрь 2026`, `август`, «за сентябрь»), or several (`08.2026 - 10.2026`, «с августа по октябрь»). */
export const SaidMonths = z.string().transform((text, context): SaidMonths => {
  const said = readSaidMonths(text);
  if (said) return said;
  context.addIssue({ code: 'custom', message: 'period' });
  return z.NEVER;
});

export function readSaidMonths(text: string): SaidMonths | undefined {
  const typed = plain(text);
  const [, before = '', rest = ''] = /^((?:за|на|в)\s+(?:период\s+)?|период\s+)?(.*)$/.exec(typed) ?? [];
  const year = /^(?:весь )?(\d{4})$/.exec(rest)?.[1];
  const [first, last] = year === undefined ? [] : [parsePeriod(`1.${year}`), parsePeriod(`12.${year}`)];
  if (first && last) return { from: first, to: last, whole: true };
  const only = readMonth(rest);
  if (only) return { from: only, to: only, whole: /^(за|период)/.test(before) };
  for (const { index, 0: sign } of rest.matchAll(BETWEEN)) {
    const from = readMonth(rest.slice(0, index));
    const to = readMonth(rest.slice(index + sign.length));
    if (from && to) return { from, to, whole: true };
  }
  return undefined;
}

const BETWEEN = /\s*(?:-|\.{2,3}|…|(?<=\s)(?:по|до)(?=\s))\s*/g;

/** Small letters, one kind of dash, no «года» behind a year. */
function plain(text: string): string {
  return trimTyped(text)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\p{Pd}−]/gu, '-')
    .replace(/(?<=\d{4})\s*г(?:од[ауе]?|\.|(?![\p{L}]))/gu, '')
    .replace(/[\s.!?,]+$/u, '')
    .replace(/\s+/g, ' ');
}

function readMonth(typed: string): SaidMonth | undefined {
  const bare = typed.trim().replace(/^(?:со|с|от|по|до)\s+/, '');
  const digits = /^(\d{1,2})\s?[./,\s-]\s?(\d{4})$/.exec(bare);
  if (digits) return parsePeriod(`${digits[1]}.${digits[2]}`);
  const yearFirst = /^(\d{4})[./-](\d{1,2})$/.exec(bare);
  if (yearFirst) return parsePeriod(`${yearFirst[2]}.${yearFirst[1]}`);
  const [, word = '', year] = /^([а-я]{3,8})\.?(?:\s(\d{4}))?$/.exec(bare) ?? [];
  const month = NAMES.findIndex((name) => name.test(word)) + 1;
  if (month === 0) return undefined;
  return year === undefined ? (`--${String(month).padStart(2, '0')}` as SaidMonth) : parsePeriod(`${month}.${year}`);
}

/** Whole, in any case, or as short as on a calendar. */
const NAMES = [
  /^янв(?:ар[ьяею])?$/,
  /^фев(?:р|рал[ьяею])?$/,
  /^мар(?:т[аеу]?)?$/,
  /^апр(?:ел[ьяею])?$/,
  /^ма[йяею]$/,
  /^июн[ьяею]?$/,
  /^июл[ьяею]?$/,
  /^авг(?:уст[аеу]?)?$/,
  /^сент?(?:ябр[ьяею])?$/,
  /^окт(?:ябр[ьяею])?$/,
  /^ноя(?:б|бр[ьяею])?$/,
  /^дек(?:абр[ьяею])?$/,
];

/** The months that are meant where `newest` is the last that there is: without a year it is the latest of that name. */
export function monthsMeant({ from, to }: Pick<SaidMonths, 'from' | 'to'>, newest: Period): { from: Period; to: Period } {
  const last = isWhole(to) ? to : isWhole(from) ? firstNamed(to, from) : latestNamed(to, newest);
  return { from: isWhole(from) ? from : latestNamed(from, last), to: last };
}

const isWhole = (said: SaidMonth): said is Period => !said.startsWith('--');

function latestNamed(said: SaidMonth, notAfter: Period): Period {
  const here = makePeriod(yearOf(notAfter), monthOf(said));
  return here <= notAfter ? here : makePeriod(yearOf(notAfter) - 1, monthOf(said));
}

function firstNamed(said: SaidMonth, notBefore: Period): Period {
  const here = makePeriod(yearOf(notBefore), monthOf(said));
  return here >= notBefore ? here : makePeriod(yearOf(notBefore) + 1, monthOf(said));
}

const yearOf = (period: Period): number => Number(period.slice(0, 4));
const monthOf = (said: SaidMonth): number => Number(said.slice(-2));
