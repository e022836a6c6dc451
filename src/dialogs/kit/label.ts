import { plainSpaces } from '../../domain/unbroken.ts';
import { cleanWords } from './clean-words.ts';

/** A label without its emoji and case, as people type it; of emoji alone, these. */
export function bareLabel(label: string): string {
  const whole = plainSpaces(cleanWords(label)).replaceAll(EMOJI_LOOK, '');
  const bare = whole.replace(/^[^\p{L}\p{N}«]+/u, '') || whole;
  return bare.toLowerCase().replaceAll('ё', 'е').trim();
}

/** Stands behind some emoji, and is not seen. */
const EMOJI_LOOK = '\ufe0f';

/** The same without the signs at the end of a sentence. */
export function bareWords(words: string): string {
  return bareLabel(words)
    .replace(/[\s.!?…,)]+$/u, '')
    .replace(/\s+/g, ' ');
}

/**
 * All that are called so: by the whole label, else with a sign at the end that phones put there, or two spaces for one. A question mark is no
 * slip where the label has none: then it is a question.
 */
export function allLabelledBy<T>(
  words: string,
  all: readonly T[],
  namesOf: (one: T, i: number) => readonly string[],
): readonly T[] {
  const called = (bare: (name: string) => string, typed: string) =>
    typed === '' ? [] : all.filter((one, i) => namesOf(one, i).some((name) => bare(name) === typed));
  const whole = called(bareLabel, bareLabel(words));
  return whole.length > 0 ? whole : called(bareWords, looseWords(words));
}

/** The first of them. */
export function labelledBy<T>(
  words: string,
  all: readonly T[],
  namesOf: (one: T, i: number) => readonly string[],
): T | undefined {
  return allLabelledBy(words, all, namesOf)[0];
}

/** What may name a button in part, or by its place; nothing of a question: it is no answer. */
export function looseWords(words: string): string {
  return words.includes('?') ? '' : bareWords(words);
}
