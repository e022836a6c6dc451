/** `parse_mode: Markdown` (the old one) and `MarkdownV2`, with the errors of Telegram's own parsers. */
import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../refusal.ts';
import { byteOffset, type Formatted, inOrder } from './formatted.ts';
import { httpUrl } from './html.ts';

const fail = (what: string): never => {
  throw badRequest(`can't parse entities: ${what}`);
};

/** Entities do not nest; a backslash keeps `_`, `*`, `` ` ``, `[`. */
export function parseMarkdown(source: string): Formatted {
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const character = source[at] ?? '';
    if (character === '\\' && /[_*`[]/.test(source[at + 1] ?? '')) {
      text += source[at + 1];
      at += 2;
    } else if (!/[_*`[]/.test(character)) {
      text += character;
      at += 1;
    } else {
      at = takeEntity(at, character);
    }
  }
  return { text, entities: inOrder(entities) };

  function takeEntity(begin: number, character: string): number {
    const isPre = source.startsWith('```', begin);
    const mark = isPre ? '```' : character === '[' ? ']' : character;
    const start = begin + (isPre ? 3 : 1);
    const end = source.indexOf(mark, start);
    if (end < 0) fail(`Can't find end of the entity starting at byte offset ${byteOffset(source, begin)}`);
    const language = isPre ? /^([^\s`]+)\n/.exec(source.slice(start, end))?.[1] : undefined;
    const inner = source.slice(start + (isPre ? (/^[^\s`]*\n/.exec(source.slice(start, end))?.[0].length ?? 0) : 0), end);
    const place = { offset: text.length, length: inner.length };
    text += inner;
    if (character === '[') {
      const target = /^\(([^)]*)\)/.exec(source.slice(end + 1));
      const url = httpUrl(target?.[1] ?? '');
      if (url !== undefined && inner !== '') entities.push({ type: 'text_link', url, ...place });
      return end + 1 + (target?.[0].length ?? 0);
    }
    if (inner !== '') {
      if (isPre) entities.push({ type: 'pre', ...place, ...(language === undefined ? {} : { language }) });
      else entities.push({ type: character === '_' ? 'italic' : character === '*' ? 'bold' : 'code', ...place });
    }
    return end + mark.length;
  }
}

const V2_MARKS = {
  '*': 'bold',
  _: 'italic',
  __: 'underline',
  '~': 'strikethrough',
  '||': 'spoiler',
  '`': 'code',
  '```': 'pre',
} as const;

type V2Mark = keyof typeof V2_MARKS | '[' | '![';

const NAMES: Record<V2Mark, string> = {
  '*': 'Bold',
  _: 'Italic',
  __: 'Underline',
  '~': 'Strikethrough',
  '||': 'Spoiler',
  '`': 'Code',
  '```': 'Pre',
  '[': 'TextUrl',
  '![': 'CustomEmoji',
};

/** Entities nest; all of ``_*[]()~`>#+-=|{}.!`` must be escaped where they mean themselves. */
export function parseMarkdownV2(source: string): Formatted {
  const entities: MessageEntity[] = [];
  const open: { mark: V2Mark; start: number; begin: number; language?: string }[] = [];
  let text = '';
  let quoteStart: number | undefined;
  let at = 0;
  while (at < source.length) {
    const character = source[at] ?? '';
    const code = source.codePointAt(at + 1);
    if (character === '\\' && code !== undefined && code > 0 && code < 127) {
      text += source[at + 1];
      at += 2;
      continue;
    }
    const isLineStart = at === 0 || source[at - 1] === '\n';
    if (isLineStart && quoteStart !== undefined && character !== '>') endQuote(false);
    const innermost = open.at(-1);
    if (innermost?.mark === '`' || innermost?.mark === '```') {
      if (source.startsWith(innermost.mark, at)) at = close(innermost.mark, at);
      else {
        text += character;
        at += 1;
      }
      continue;
    }
    if (isLineStart && character === '>') {
      quoteStart ??= text.length;
      at += 1;
      continue;
    }
    const mark = markAt(at);
    if (mark === '||' && quoteStart !== undefined && innermost?.mark !== '||' && /^(\n|$)/.test(source.slice(at + 2))) {
      endQuote(true);
      at += 2;
    } else if (mark !== undefined) {
      at = innermost?.mark === mark && mark !== '[' && mark !== '![' ? close(mark, at) : begin(mark, at);
    } else if (character === ']' && (innermost?.mark === '[' || innermost?.mark === '![')) {
      at = close(innermost.mark, at);
    } else if ('_*[]()~`>#+-=|{}.!'.includes(character)) {
      fail(`Character '${character}' is reserved and must be escaped with the preceding '\\'`);
    } else {
      text += character;
      at += 1;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) fail(`Can't find end of ${NAMES[unclosed.mark]} entity at byte offset ${byteOffset(source, unclosed.begin)}`);
  if (quoteStart !== undefined) endQuote(false);
  return { text, entities: inOrder(entities) };

  function markAt(place: number): V2Mark | undefined {
    return (['```', '![', '||', '__', '`', '*', '_', '~', '['] as const).find((mark) => source.startsWith(mark, place));
  }

  function begin(mark: V2Mark, place: number): number {
    const language = mark === '```' ? /^([^\s`]+)\n/.exec(source.slice(place + 3))?.[1] : undefined;
    const opening = mark === '```' ? (/^[^\s`]*\n/.exec(source.slice(place + 3))?.[0].length ?? 0) : 0;
    open.push({ mark, start: text.length, begin: place, ...(language === undefined ? {} : { language }) });
    return place + mark.length + opening;
  }

  function close(mark: V2Mark, place: number): number {
    const { start, language } = open.pop() ?? { start: text.length };
    const span = { offset: start, length: text.length - start };
    if (mark === '[' || mark === '![') {
      const target = /^\(((?:\\.|[^)\\])*)\)/.exec(source.slice(place + 1));
      const address = (target?.[1] ?? (mark === '[' ? text.slice(start) : '')).replaceAll(/\\(.)/g, '$1');
      if (mark === '![') {
        const id = /^tg:\/\/emoji\?id=(\d+)$/.exec(address)?.[1];
        if (id === undefined) return fail('Custom emoji URL must have an emoji identifier');
        if (span.length > 0) entities.push({ type: 'custom_emoji', custom_emoji_id: id, ...span });
      } else {
        const url = httpUrl(address);
        if (url !== undefined && span.length > 0) entities.push({ type: 'text_link', url, ...span });
      }
      return place + 1 + (target?.[0].length ?? 0);
    }
    if (span.length > 0) {
      if (mark === '```') entities.push({ type: 'pre', ...span, ...(language === undefined ? {} : { language }) });
      else entities.push({ type: V2_MARKS[mark], ...span });
    }
    return place + mark.length;
  }

  function endQuote(isExpandable: boolean): void {
    const offset = quoteStart ?? 0;
    quoteStart = undefined;
    const length = text.replace(/\n$/, '').length - offset;
    if (length > 0) entities.push({ type: isExpandable ? 'expandable_blockquote' : 'blockquote', offset, length });
  }
}
