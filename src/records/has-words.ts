import { type RawBuilder, sql } from 'kysely';

/**
 * That a text has all of these words somewhere, in any case and with «е» for «ё». Each letter is looked for in both cases: what the small
 * letter of one is, only some locales of a database know (`lower()` in that of C, which Debian and containers may give it, knows Latin ones).
 */
export function hasWords(column: string, words: readonly string[]): RawBuilder<boolean> {
  const patterns = words.map((word) => Array.from(word, patternOf).join(''));
  return sql<boolean>`${sql.ref(column)} ~ all (${patterns}::text[])`;
}

const SIGNS = /[!-/:-@[-`{-~]/;

function patternOf(letter: string): string {
  if (/[её]/i.test(letter)) return '[ЕеЁё]';
  const cases = [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])].filter(
    (each) => Array.from(each).length === 1,
  );
  if (cases.length > 1) return `[${cases.join('')}]`;
  return SIGNS.test(letter) ? `\\${letter}` : letter;
}
