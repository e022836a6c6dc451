import { MINUTE_MS } from './durations.ts';
import { bare } from './typed.ts';

/** NIST SP 800-63B-4: six digits, ten minutes, five tries. */
export const CODE_MS = 10 * MINUTE_MS;
export const CODE_TRIES = 5;

/** The six digits in what was typed (`123 456`, `123-456`, full-width digits); undefined when it is no code and so no try either. */
export function readCode(text: string): string | undefined {
  const digits = bare(text).replace(/[.\p{Pd}−]/gu, '');
  return /^[0-9]{6}$/.test(digits) ? digits : undefined;
}

/** Six digits, zeros in front, from a number below a million. */
export function writeCode(number: number): string {
  return String(number).padStart(6, '0');
}
