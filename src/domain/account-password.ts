/** Point 9.2: capital letters and digits of which no two look alike, on paper and in either alphabet: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
const ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';
const ACCOUNT_PASSWORD_LENGTH = 10;

/** Cyrillic letters that are drawn like Latin ones: what a Russian keyboard gives for what is seen on the slip. */
const DRAWN_ALIKE: Readonly<Record<string, string>> = {
  А: 'A',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** A new password to an account. `integer(below)` must be uniform and unpredictable. */
export function makeAccountPassword(integer: (below: number) => number): string {
  return Array.from({ length: ACCOUNT_PASSWORD_LENGTH }, () => ALPHABET[integer(ALPHABET.length)]).join('');
}

/** What was typed as it would stand on the slip: capitals, without spaces and dashes, Cyrillic letters read as the Latin ones they look like. */
export function readAccountPassword(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[А-Я]/g, (letter) => DRAWN_ALIKE[letter] ?? letter);
}
