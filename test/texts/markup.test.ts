import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOOKS, markLooks, shownText, splitMarked } from '../../src/texts/markup.ts';

test('people’s looks are tags that nest and never reach over a line; their signs are escaped', () => {
  expect(markLooks('раз <два> три', [])).toBe('раз &lt;два&gt; три');
  expect(markLooks('раз <два>', [{ look: 'b', from: 4, to: 9 }])).toBe('раз <b>&lt;два&gt;</b>');
  const crossed = [
    { look: 'b', from: 0, to: 4 },
    { look: 'i', from: 2, to: 6 },
  ] as const;
  expect(markLooks('абвгде', crossed)).toBe('<b>аб</b><b><i>вг</i></b><i>де</i>');
  expect(markLooks('раз\nдва', [{ look: 'u', from: 0, to: 7 }])).toBe('<u>раз</u>\n<u>два</u>');
});

test('whatever looks there are, the words stay as they are and each tag closes in its line', () => {
  const looks = fc.record({ look: fc.constantFrom(...LOOKS), from: fc.nat(30), length: fc.nat(30) });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(looks, { maxLength: 6 }), (text, given) => {
      const marked = markLooks(
        text,
        given.map(({ look, from, length }) => ({ look, from, to: from + length })),
      );
      expect(shownText(marked)).toBe(text);
      for (const line of marked.split('\n')) {
        const open: string[] = [];
        for (const [, close, tag = ''] of line.matchAll(/<(\/?)(\w+)>/g)) {
          if (close) expect(open.pop()).toBe(tag);
          else open.push(tag);
        }
        expect(open).toEqual([]);
      }
    }),
  );
});

test('a quote that is cut is one in each part, folded where it was; all else is cut as ever', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `<b>Услуга ${i}</b>: +1,00`).join('\n');
  const marked = `Главное\n\n<blockquote expandable>${lines}</blockquote>\n\nК оплате`;
  const parts = splitMarked(marked, 300);
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) {
    const tags = [...part.matchAll(/<\/?blockquote[^>]*>/g)].map(([tag]) => tag);
    expect(tags.filter((_, i) => i % 2 === 0).every((tag) => tag === '<blockquote expandable>')).toBe(true);
    expect(tags.filter((_, i) => i % 2 === 1).every((tag) => tag === '</blockquote>')).toBe(true);
    expect(tags.length % 2).toBe(0);
  }
  expect(parts.map(shownText).join('\n').replace(/\s+/g, ' ')).toBe(shownText(marked).replace(/\s+/g, ' '));
  expect(splitMarked('раз два', 100)).toEqual(['раз два']);
});
