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
 * The first of these that is called so: by its whole label, else with a sign at the end that phones put there, or two spaces for one. A
 * question mark is no slip where the label has none: then it is a question.
 */
export function labelledBy<T>(
  words: string,
  all: readonly T[],
  namesOf: (one: T, i: number) => readonly string[],
): T | undefined {
  const [whole, loose] = [bareLabel(words), looseWords(words)];
  const called = (bare: (name: string) => string, typed: string) =>
    typed === '' ? undefined : all.find((one, i) => namesOf(one, i).some((name) => bare(name) === typed));
  return called(bareLabel, whole) ?? called(bareWords, loose);
}

/** What may name a button in part, or by its place; nothing of a question: it is no answer. */
export function looseWords(words: string): string {
  return words.includes('?') ? '' : bareWords(words);
}
