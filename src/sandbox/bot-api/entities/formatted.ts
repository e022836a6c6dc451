/** Text with entities, in UTF-16 code units, cleaned as Telegram cleans what is sent. */
import type { MessageEntity } from 'grammy/types';

export type Formatted = { text: string; entities: MessageEntity[] };

/** `at byte offset N` counts UTF-8. */
export const byteOffset = (text: string, index: number): number => Buffer.byteLength(text.slice(0, index));

/** Telegram counts characters (code points) for its limits, UTF-16 units for entities. */
export const characters = (text: string): string[] => Array.from(text);

/** Invisible characters (zero-width marks, variation selectors): a message of nothing else is empty. */
const INVISIBLE = /^(?:\s|\p{Default_Ignorable_Code_Point})*$/u;

/** Control characters become spaces, line and direction controls go, white space at both ends goes; entities follow. */
export function cleaned({ text, entities }: Formatted): Formatted {
  let moved: Formatted = { text, entities };
  moved = without(moved, /[\r\u2028-\u202E]/g);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace.
  // oxlint-disable-next-line no-control-regex
  moved = { ...moved, text: moved.text.replaceAll(/[\u0000-\u0009\u000B-\u001F]/g, ' ') };
  if (INVISIBLE.test(moved.text)) return { text: '', entities: [] };
  const start = moved.text.length - moved.text.trimStart().length;
  return cut(moved, start, moved.text.trimEnd().length);
}

/** From `start` to `end`, entities clipped. */
export function cut({ text, entities }: Formatted, start: number, end: number): Formatted {
  const kept = entities.flatMap((entity): MessageEntity[] => {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
  });
  return { text: text.slice(start, end), entities: kept };
}

/** By place; of two at one place the longer first. */
export const inOrder = (entities: MessageEntity[]): MessageEntity[] =>
  entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length);

function without(formatted: Formatted, pattern: RegExp): Formatted {
  const places = [...formatted.text.matchAll(pattern)].map(({ index }) => index);
  if (places.length === 0) return formatted;
  const before = (offset: number): number => places.filter((place) => place < offset).length;
  return {
    text: formatted.text.replaceAll(pattern, ''),
    entities: formatted.entities.map((entity) => {
      const offset = entity.offset - before(entity.offset);
      return { ...entity, offset, length: entity.offset + entity.length - before(entity.offset + entity.length) - offset };
    }),
  };
}
