/** `parse_mode: HTML`, with the errors of Telegram's own parser (td, MessageEntity.cpp, parse_html). */
import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../refusal.ts';
import { byteOffset, type Formatted, inOrder } from './formatted.ts';

const SIMPLE = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  u: 'underline',
  ins: 'underline',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
} as const;

const TAGS = new Set([...Object.keys(SIMPLE), 'a', 'pre', 'blockquote', 'tg-emoji']);

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

type OpenTag = { tag: string; start: number; attributes: Map<string, string> };

/** Throws `Bad Request: can't parse entities: …`. */
export function parseHtml(source: string): Formatted {
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  let at = 0;
  const fail = (what: string, place?: number): never => {
    throw badRequest(`can't parse entities: ${what}${place === undefined ? '' : ` at byte offset ${byteOffset(source, place)}`}`);
  };
  while (at < source.length) {
    const character = source[at];
    if (character === '&') {
      const [decoded, length] = decodeEntity(source, at);
      text += decoded;
      at += length;
    } else if (character !== '<') {
      text += character;
      at += 1;
    } else if (source[at + 1] === '/') {
      at = closeTag(at);
    } else {
      at = openTag(at);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) fail(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities: inOrder(entities) };

  function openTag(begin: number): number {
    let end = begin + 1;
    while (end < source.length && !/[\s>]/.test(source[end] ?? '')) end += 1;
    if (end >= source.length) fail('Unclosed start tag', begin);
    const tag = source.slice(begin + 1, end).toLowerCase();
    if (!TAGS.has(tag)) fail(`Unsupported start tag "${tag}"`, begin);
    const attributes = new Map<string, string>();
    for (;;) {
      while (/\s/.test(source[end] ?? '')) end += 1;
      if (source[end] === '>') break;
      if (end >= source.length) fail('Unclosed start tag', begin);
      const attribute = /^([^\s=>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?/.exec(source.slice(end));
      if (!attribute) return fail(`Empty attribute name in the tag "${tag}"`, begin);
      const [whole, name = '', value] = attribute;
      if (value === undefined && tag !== 'blockquote')
        fail(`Expected equal sign in declaration of an attribute of the tag "${tag}"`, begin);
      attributes.set(name.toLowerCase(), decodeAll((value ?? '').replaceAll(/^["']|["']$/g, '')));
      end += whole.length;
    }
    if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') fail('Tag "span" must have class "tg-spoiler"', begin);
    if (tag === 'tg-emoji' && !/^\d+$/.test(attributes.get('emoji-id') ?? '')) fail('Invalid custom emoji identifier specified');
    open.push({ tag, start: text.length, attributes });
    return end + 1;
  }

  function closeTag(begin: number): number {
    const innermost = open.pop();
    if (!innermost) return fail('Unexpected end tag', begin);
    let end = begin + 2;
    while (end < source.length && !/[\s>]/.test(source[end] ?? '')) end += 1;
    const tag = source.slice(begin + 2, end).toLowerCase();
    while (/\s/.test(source[end] ?? '')) end += 1;
    if (source[end] !== '>') fail('Unclosed end tag', begin);
    if (tag !== '' && tag !== innermost.tag)
      throw badRequest(
        `can't parse entities: Unmatched end tag at byte offset ${byteOffset(source, begin)}, expected "</${innermost.tag}>", found "</${tag}>"`,
      );
    const entity = entityOf(innermost, text);
    if (entity) entities.push(entity);
    return end + 1;
  }

  function entityOf({ tag, start, attributes }: OpenTag, text: string): MessageEntity | undefined {
    const place = { offset: start, length: text.length - start };
    if (place.length === 0) return undefined;
    if (tag === 'a') {
      const url = httpUrl(attributes.get('href') || text.slice(start));
      return url === undefined ? undefined : { type: 'text_link', url, ...place };
    }
    if (tag === 'pre') {
      const code = entities.at(-1);
      if (code?.type !== 'code' || code.offset !== place.offset || code.length !== place.length) return { type: 'pre', ...place };
      entities.pop();
      const language = languages.get(code);
      return { type: 'pre', ...place, ...(language === undefined ? {} : { language }) };
    }
    if (tag === 'blockquote') return { type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', ...place };
    if (tag === 'tg-emoji') return { type: 'custom_emoji', custom_emoji_id: attributes.get('emoji-id') ?? '', ...place };
    const entity: MessageEntity = { type: SIMPLE[tag as keyof typeof SIMPLE], ...place };
    const language = /^language-(.+)$/.exec(attributes.get('class') ?? '')?.[1];
    if (tag === 'code' && language !== undefined) languages.set(entity, language);
    return entity;
  }
}

/** `<pre><code class="language-…">`: the language of a code entity until its pre closes. */
const languages = new WeakMap<MessageEntity, string>();

/** An address as Telegram would open it; undefined for none. */
export function httpUrl(given: string): string | undefined {
  const address = given.trim();
  if (/^(tg|tonsite):/i.test(address)) return address;
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  try {
    const url = new URL(candidate);
    if (!['http:', 'https:'].includes(url.protocol) || !(url.hostname.includes('.') || url.hostname === 'localhost'))
      return undefined;
    return url.pathname === '/' && !address.replace(/^[a-z]+:\/\//i, '').includes('/') ? `${candidate}/` : candidate;
  } catch {
    return undefined;
  }
}

/** What stands for `&…;` at this place and how long it is; an unknown one is itself. */
function decodeEntity(source: string, at: number): [string, number] {
  const match = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));?/i.exec(source.slice(at, at + 12));
  if (!match) return ['&', 1];
  const [whole, decimal, hexadecimal, name] = match;
  if (name !== undefined) {
    const known = Object.keys(NAMED).find((key) => name.toLowerCase().startsWith(key));
    if (known === undefined || (!whole.endsWith(';') && name.length > known.length)) return ['&', 1];
    return name.length === known.length ? [NAMED[known] ?? '&', whole.length] : ['&', 1];
  }
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff);
  return isCharacter ? [String.fromCodePoint(code), whole.length] : ['&', 1];
}

function decodeAll(source: string): string {
  let text = '';
  for (let at = 0; at < source.length; ) {
    const [decoded, length] = source[at] === '&' ? decodeEntity(source, at) : [source[at] ?? '', 1];
    text += decoded;
    at += length;
  }
  return text;
}
