import { MINUTE_MS } from './durations.ts';
import { bare } from './typed.ts';

/** NIST SP 800-63B-4: six digits, ten minutes, five tries. */
export const CODE_MS = 10 * MINUTE_MS;
export const CODE_TRIES = 5;

/**
 * The six digits in what was typed: `123 456`, `123-456`, full-width digits, the whole SMS with one such number in it; undefined when it is no
 * code and so no try either.
 */
export function readCode(text: string): string | undefined {
  const digits = bare(text).replace(/[.\p{Pd}−]/gu, '');
  if (/^[0-9]{6}$/.test(digits)) return digits;
  const among = new Set([...text.normalize('NFKC').matchAll(AMONG_WORDS)].map(([found]) => found.replace(/\D/g, '')));
  const [only, second] = among;
  return second === undefined ? only : undefined;
}

/** Six digits that are no part of a longer number. */
const AMONG_WORDS = /(?<!\d[\s-]?)\d{3}[\s-]?\d{3}(?![\s-]?\d)/g;

/** Whether words hold a code: nothing but six digits, or the SMS itself. */
export function holdsCode(text: string): boolean {
  return /^\s*\d{3}[\s-]?\d{3}\s*$/.test(text) || (/(?<!\p{L})код/iu.test(text) && readCode(text) !== undefined);
}

/** The same words with `as` in place of the code that they hold. */
export function replaceCodes(text: string, as: (found: string) => string): string {
  return holdsCode(text) ? text.replace(AMONG_WORDS, as) : text;
}

/** Six digits, zeros in front, from a number below a million. */
export function writeCode(number: number): string {
  return String(number).padStart(6, '0');
}
