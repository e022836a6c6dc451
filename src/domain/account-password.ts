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
/** With what people put between the groups of what they copy, and with what they do not see. */
const BETWEEN = '\\s\\p{Pd}.\\p{Default_Ignorable_Code_Point}';
const GROUPED = `(?<![\\p{L}\\p{N}])${CHARACTER}(?:[${BETWEEN}]{0,3}${CHARACTER}){${ACCOUNT_PASSWORD_LENGTH - 1}}(?![\\p{L}\\p{N}])`;

/**
 * Whether words are, as far as one can see, a whole password to an account, however it is grouped: `ACDE FGHJ KM`. A number alone is none: people
 * write numbers all the time.
 */
export function looksLikeAccountPassword(words: string): boolean {
  const isWhole = new RegExp(`^\\s*${GROUPED}\\s*$`, 'iu').test(words) && (/[A-Z]/i.test(words) || isMixed(words));
  return isWhole && !saysSomething(words);
}

/** Whether such a password stands among other words: with letters and digits, or in capitals; in small letters, where a password is spoken of. */
export function holdsAccountPassword(words: string): boolean {
  return placesIn(words).length > 0;
}

/** The same words with `as` in place of each such password, and of what is one as a whole. */
export function replaceAccountPasswords(words: string, as: (found: string) => string): string {
  if (looksLikeAccountPassword(words)) return as(words);
  return placesIn(words).reduceRight(
    (text, { at, found }) => text.slice(0, at) + as(found) + text.slice(at + found.length),
    words,
  );
}

/** None overlaps another. */
function placesIn(words: string): { at: number; found: string }[] {
  const isNamed = /парол|password/iu.test(words);
  const places: { at: number; found: string }[] = [];
  // A match that is none may begin within the words before it: each place is looked at.
  for (const { index: at, 1: found = '' } of words.matchAll(new RegExp(`(?=(${GROUPED}))`, 'giu'))) {
    const isOne =
      (isMixed(found) || IN_CAPITALS.test(found) || (isNamed && LATIN.test(found))) && !saysSomething(found) && isGrouped(found);
    const last = places.at(-1);
    if (isOne && (!last || at >= last.at + last.found.length)) places.push({ at, found });
  }
  return places;
}

const IN_CAPITALS = new RegExp(`^[A-Z${BETWEEN}]+$`, 'u');
const LATIN = new RegExp(`^[A-Z${BETWEEN}]+$`, 'iu');

/** «С 4 марта нет», «сумма 347.96»: words of Russian in small letters, and sums, are in no password. */
function saysSomething(found: string): boolean {
  return (
    /\d\.\d/.test(found) || groupsOf(found).some((group) => /^\p{Script=Cyrillic}+$/u.test(group) && /\p{Ll}{2}/u.test(group))
  );
}

/** Groups as people make them when they copy one: `ACDEFGHJKM`, `ACDEF GHJKM`, `ACDE FGHJ KM`. */
function isGrouped(found: string): boolean {
  return GROUPINGS.has(
    groupsOf(found)
      .map(({ length }) => length)
      .join(' '),
  );
}

const GROUPINGS: ReadonlySet<string> = new Set([
  '10',
  '5 5',
  '4 4 2',
  '2 4 4',
  '4 3 3',
  '3 4 3',
  '3 3 4',
  '3 3 3 1',
  '2 2 2 2 2',
  '1 1 1 1 1 1 1 1 1 1',
]);

const groupsOf = (found: string): string[] =>
  found
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .split(/[\s\p{Pd}.]+/u)
    .filter((group) => group !== '');

const isMixed = (words: string): boolean => /\p{L}/u.test(words) && /\d/.test(words);
