/**
 * Characters of which nothing is seen, or nothing but an empty place: blanks of every width, controls, format characters, what Unicode says may
 * be left out (`Default_Ignorable_Code_Point`), marks that stand on nothing, and what no font knows. The last five are letters and signs by
 * their class and empty to the eye.
 */
const UNSEEN_CLASS =
  '\\p{White_Space}\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{M}\\p{Default_Ignorable_Code_Point}\\u2800\\u3164\\u115f\\u1160\\uffa0\\u{1d159}\\u{16fe4}';

/** Any number of them, as a part of an expression with the flag `v` or `u`. */
export const UNSEEN = `[${UNSEEN_CLASS}]*`;

/** UAX 14, and the separators that others break lines at; the longest first. */
const LINE_ENDS = ['\r\n', '\n', '\r', '\v', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029'];
const LINE_END = new RegExp(LINE_ENDS.join('|'), 'u');

/** Lines as anybody's screen may break them. */
export function linesOf(words: string): string[] {
  return words.split(LINE_END);
}

/** What is seen of it, with single blanks; marks stay where they stand on something. */
export function seenOf(words: string): string {
  return words.replace(ONLY_UNSEEN, ' ').replace(/ +/g, ' ').trim();
}

const ONLY_UNSEEN =
  /[\p{White_Space}\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800\u3164\u115f\u1160\uffa0\u{1d159}]/gu;
