import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';
import { withoutNul } from '../../../src/channels/telegram/without-nul.ts';

const update = (words: string): Update => ({
  update_id: 1,
  message: {
    message_id: 2,
    date: 0,
    chat: { id: 7, type: 'private', first_name: words },
    from: { id: 7, is_bot: false, first_name: words, last_name: words },
    caption: words,
    document: { file_id: 'f', file_unique_id: 'u', file_name: words },
    caption_entities: [{ type: 'text_link', offset: 0, length: 1, url: words }],
    reply_to_message: {
      message_id: 1,
      date: 0,
      chat: { id: 7, type: 'private', first_name: 'Иван' },
      text: words,
    } as never,
  },
});

test('U+0000 is left out wherever it stands, and half a character is replaced', () => {
  expect(withoutNul(update('а\0б\0'))).toEqual(update('аб'));
  expect(withoutNul(update('\0'))).toEqual(update(''));
  expect(withoutNul(update('а\ud83dб\ude00'))).toEqual(update('а\ufffdб\ufffd'));
});

test('what can be stored stays the very object', () => {
  const whole = update('Иван 😀 \u0001 ё');
  expect(withoutNul(whole)).toBe(whole);
});

test('of any words nothing is left that Postgres does not take, and whole characters stay', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), (words) => {
      const kept = withoutNul(update(words)).message?.caption ?? '';
      expect(kept).not.toContain('\0');
      expect(Buffer.from(kept).toString()).toBe(kept);
      expect(kept.replaceAll('\ufffd', '')).toBe(Buffer.from(words).toString().replaceAll('\ufffd', '').replaceAll('\0', ''));
    }),
  );
});
