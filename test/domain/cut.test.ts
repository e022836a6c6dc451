import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutTo, shortenTo } from '../../src/domain/cut.ts';
import { splitText } from '../../src/domain/parts.ts';

const PIECES = ['а', 'b', ' ', '\n', '👍', '👨‍👩‍👧', '𝐚', '…'] as const;
const written = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
const isWhole = (text: string) => !/\p{Surrogate}/u.test(text);

test('what is cut is the beginning, as long as it may be or one shorter, and never half a character', () => {
  fc.assert(
    fc.property(written, fc.integer({ min: 1, max: 60 }), (text, most) => {
      const cut = cutTo(text, most);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most - 1));
      expect(isWhole(cut)).toBe(true);
      const short = shortenTo(text, most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(isWhole(short)).toBe(true);
      expect(short === text || short.endsWith('…')).toBe(true);
      for (const part of splitText(text, Math.max(2, most))) expect(isWhole(part)).toBe(true);
    }),
  );
});

test('a character that ends where the cut is stays', () => {
  expect(cutTo('аб👍в', 4)).toBe('аб👍');
  expect(cutTo('аб👍в', 3)).toBe('аб');
  expect(shortenTo('аб👍в', 4)).toBe('аб…');
  expect(shortenTo('аб', 2)).toBe('аб');
});
