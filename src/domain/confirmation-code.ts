import { MINUTE_MS } from './durations.ts';
import { bare } from './typed.ts';

/** NIST SP 800-63B-4: six digits, ten minutes, five tries (no more: `confirmation_codes` has a check; the day's limits are in `limits.ts`). */
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

/** Whether words hold a code: nothing but six digits, the SMS itself, or what is called a code right before or after them. */
export function holdsCode(text: string): boolean {
  // Two lines are two numbers.
  return /^\s*\d{3}(?:[^\S\r\n]|-)?\d{3}\s*$/.test(text) || (CALLED.test(text) && readCode(text) !== undefined);
}

const SIX = '\\d{3}[\\s-]?\\d{3}(?![\\s-]?\\d)';
/** «QR-код», «кодекс» and a code that opens a door are other things; what stands behind a comma or in the next sentence is no code for being near one. */
const CALLED = new RegExp(
  `(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}]-)код(?:а|у|ом|е|ы|ов)?(?![\\p{L}-])(?!\\s+(?:от\\s+)?(?:домофон|двер|подъезд|операц|плат|услуг|город))[^\\d.,;!?()]{0,30}${SIX}` +
    `|(?<!\\d[\\s-]?)${SIX}[^\\p{L}\\d.,;!?()]{0,3}(?:это\\s+)?(?:мой\\s+)?код(?![\\p{L}-])`,
  'iu',
);

/** The same words with `as` in place of the code that they hold. */
export function replaceCodes(text: string, as: (found: string) => string): string {
  return holdsCode(text) ? text.replace(AMONG_WORDS, as) : text;
}

/** Six digits, zeros in front, from a number below a million. */
export function writeCode(number: number): string {
  return String(number).padStart(6, '0');
}
