/** What Telegram finds in a text by itself: commands, mentions, addresses, phones, tags. */
import type { MessageEntity } from 'grammy/types';
import { type Formatted, inOrder } from './formatted.ts';

type Detected = 'bot_command' | 'mention' | 'hashtag' | 'cashtag' | 'email' | 'url' | 'phone_number';

const DOMAINS = 'ru|рф|su|com|org|net|info|me|io|dev|app|gov|edu|biz|by|kz|ua|de|uk|fr|eu|tv|cc|site|online|москва';

/** In this order: what was found first keeps its place. */
const PATTERNS: readonly [Detected, RegExp][] = [
  [
    'url',
    new RegExp(
      `(?<![\\p{L}\\p{N}@_.-])(?:https?://[^\\s<>"«»]+|(?:[\\p{L}\\p{N}-]+\\.)+(?:${DOMAINS})(?![\\p{L}\\p{N}@_-])(?:[/?#][^\\s<>"«»]*)?)`,
      'giu',
    ),
  ],
  ['email', /(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9-]+\.)+[a-z]{2,24}(?![\w@])/giu],
  ['bot_command', /(?<![\p{L}\p{N}_/<>])\/[a-z0-9_]{1,64}(?:@[a-z]\w{2,31})?(?![\p{L}\p{N}_/])/giu],
  ['mention', /(?<![\p{L}\p{N}_@])@[a-z]\w{2,31}(?![\p{L}\p{N}_@])/giu],
  ['hashtag', /(?<![\p{L}\p{N}_#])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}/gu],
  ['cashtag', /(?<![\p{L}\p{N}_$])\$[A-Z]{1,8}(?![\p{L}\p{N}_])/gu],
  ['phone_number', /(?<![\p{L}\p{N}_+])\+\d(?:[\s()-]{0,2}\d){9,14}(?![\p{L}\p{N}_])/gu],
];

const OPAQUE = new Set(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji']);

/** The text with what is found added, but not within code, links and mentions. */
export function withDetected({ text, entities }: Formatted): Formatted {
  const taken = entities.filter(({ type }) => OPAQUE.has(type)).map(spanOf);
  const found: MessageEntity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const { 0: match, index } of text.matchAll(pattern)) {
      const length = (type === 'url' ? match.replace(/[.,!?:;)\]}'"…]+$/u, '') : match).length;
      const entity: MessageEntity = { type, offset: index, length };
      if (taken.some(([from, to]) => index < to && index + length > from)) continue;
      taken.push(spanOf(entity));
      found.push(entity);
    }
  }
  return { text, entities: inOrder([...entities, ...found]) };
}

const spanOf = ({ offset, length }: MessageEntity): [number, number] => [offset, offset + length];
