import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from '../../src/domain/parts.ts';

test('between paragraphs where it can, else lines, else words', () => {
  expect(splitText('один два\n\nтри четыре', 12)).toEqual(['один два', 'три четыре']);
  expect(splitText('один два\nтри четыре', 12)).toEqual(['один два', 'три четыре']);
  expect(splitText('один два три', 9)).toEqual(['один два', 'три']);
  expect(splitText('нет', 9)).toEqual(['нет']);
  expect(splitText('  ', 9)).toEqual([]);
});

test('nothing is lost, nothing is too long, no character is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('а', 'слово', ' ', '\n', '\n\n', '🙂')),
      fc.integer({ min: 4, max: 30 }),
      (messageParts, most) => {
        const text = messageParts.join('');
        const parts = splitText(text, most);
        expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(most);
          expect(new TextDecoder().decode(new TextEncoder().encode(part))).toBe(part);
        }
      },
    ),
  );
});

test('with no room at all it comes to an end', () => {
  expect(splitText('абв 😀', 0).join('').replaceAll(' ', '')).toBe('абв😀');
  expect(splitText('абв', -50).join('')).toBe('абв');
});
