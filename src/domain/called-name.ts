import { seenOf } from './unseen.ts';

const LONGEST = 40;

/**
 * The part of a name in the messenger by which a person is addressed; '' where nothing of it can be read. Signs and pictures are left out: on a
 * card only the bot puts a ✅ beside a name.
 */
export function calledName(name: string): string {
  const words = seenOf(name).split(' ');
  const [first = ''] = words.map((word) => word.replace(NO_LETTERS, '')).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return Array.from(first).slice(0, LONGEST).join('');
}

const NO_LETTERS = /[^\p{L}\p{M}\p{N}.'’-]/gu;
