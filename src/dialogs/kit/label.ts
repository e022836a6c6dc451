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

/** What may name a button in part, or by its place; nothing of a question: it is no answer. */
export function looseWords(words: string): string {
  return words.includes('?') ? '' : bareWords(words);
}
