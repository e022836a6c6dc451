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

const CHARACTER = `[${ALPHABET}${Object.keys(DRAWN_ALIKE).join('')}]`;
/** With what people put between the groups of what they copy. */
const GROUPED = `(?<![\\p{L}\\p{N}])${CHARACTER}(?:[\\s\\p{Pd}.]{0,2}${CHARACTER}){${ACCOUNT_PASSWORD_LENGTH - 1}}(?![\\p{L}\\p{N}])`;

/**
 * Whether words are, as far as one can see, a whole password to an account, however it is grouped: `ACDE FGHJ KM`. A number alone is none: people
 * write numbers all the time.
 */
export function looksLikeAccountPassword(words: string): boolean {
  return new RegExp(`^\\s*${GROUPED}\\s*$`, 'iu').test(words) && (/[A-Z]/i.test(words) || isMixed(words));
}

/** Whether such a password stands among other words: with letters and digits, or in capitals. */
export function holdsAccountPassword(words: string): boolean {
  const found = words.match(new RegExp(GROUPED, 'giu')) ?? [];
  return found.some((one) => isMixed(one) || /^[A-Z\s\p{Pd}.]+$/u.test(one));
}

/** Whether words are nothing but such a password beyond doubt; a login, which is written small, may look like one. */
export function isAccountPasswordAlone(words: string): boolean {
  return looksLikeAccountPassword(words) && holdsAccountPassword(words);
}

const isMixed = (words: string): boolean => /\p{L}/u.test(words) && /\d/.test(words);
