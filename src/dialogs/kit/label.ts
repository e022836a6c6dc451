import { plainSpaces } from '../../domain/unbroken.ts';
import { cleanWords } from './clean-words.ts';

/** A label without its emoji and case, as people type it. */
export function bareLabel(label: string): string {
  return plainSpaces(cleanWords(label))
    .replace(/^[^\p{L}\p{N}«]+/u, '')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .trim();
}
