import { expect, test } from 'vitest';
import { fileParts, fitsAlbum, partsOf } from '../../../src/delivery/requests/parts.ts';
import { shownText } from '../../../src/texts/markup.ts';

const FRAME = {
  header: '',
  context: '',
  residents: true,
  limits: { text: 4096, caption: 1024 },
  nameOf: () => '',
};
/** Of an account with very many meters. */
const LONG = Array.from({ length: 120 }, (_, n) => `• Холодное водоснабжение, № ${1000 + n}, было 612,952 м³`).join('\n');
const of = (shown: string, words: string, kind: 'words' | 'photo' = 'words') => ({
  kind,
  words,
  file: kind === 'photo' ? 'handle' : null,
  context: { heading: { shown, edited: shown }, looks: [{ look: 'b' as const, from: 0, to: 3 }] },
});

test('what a message is about stands above its words, whose looks are where they were', () => {
  const [only, more] = partsOf([of('Лицевой счёт 0012345', '123 сегодня')], FRAME);
  expect(more).toBeUndefined();
  expect(shownText(only!.marked)).toBe('Лицевой счёт 0012345\n\n123 сегодня');
  expect(only!.marked).toContain('<b>123</b> сегодня');
});

test('where there is no room for all of it, it is cut with the words, and nothing is lost', () => {
  const parts = partsOf([of(LONG, '123 сегодня')], FRAME).map(({ marked }) => shownText(marked));
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.length).toBeLessThanOrEqual(4096);
  expect(parts.join('\n')).toContain('№ 1119');
  expect(parts.at(-1)).toMatch(/123 сегодня$/);
});

test('under a photo it has the room of a caption, else it follows the photo with the words', () => {
  const short = fileParts(of('Лицевой счёт 0012345', '', 'photo'), FRAME);
  expect(short.map(({ file, marked }) => [file?.handle, shownText(marked)])).toEqual([['handle', 'Лицевой счёт 0012345']]);
  const [photo, ...words] = fileParts(of(LONG, '123 сегодня', 'photo'), FRAME);
  expect([photo?.file?.handle, photo?.marked]).toEqual(['handle', '']);
  expect(shownText(words.at(-1)!.marked)).toMatch(/123 сегодня$/);
  expect(fitsAlbum(of(LONG, '', 'photo'), { inAlbum: 1024 })).toBe(false);
});
