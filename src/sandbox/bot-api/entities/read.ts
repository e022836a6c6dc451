/** Text and caption parameters of a call, read with `parse_mode` or ready entities. */
import type { MessageEntity, User } from 'grammy/types';
import { badRequest } from '../refusal.ts';
import { withDetected } from './detected.ts';
import { characters, cleaned, type Formatted, inOrder } from './formatted.ts';
import { parseHtml } from './html.ts';

export const TEXT_LIMIT = 4096;
export const CAPTION_LIMIT = 1024;

/** As a message's text: 1–4096 characters after parsing. */
export function readText(source: string | undefined, parseMode: string | undefined, entities: unknown): Formatted {
  const formatted = read(source ?? '', parseMode, entities);
  if (formatted.text === '') throw badRequest('message text is empty');
  if (characters(formatted.text).length > TEXT_LIMIT) throw badRequest('message is too long');
  return formatted;
}

/** As a caption: empty or up to 1024 characters after parsing. */
export function readCaption(source: string | undefined, parseMode: string | undefined, entities: unknown): Formatted {
  const formatted = read(source ?? '', parseMode, entities);
  if (characters(formatted.text).length > CAPTION_LIMIT) throw badRequest('message caption is too long');
  return formatted;
}

/** What a person typed: no parse mode, only what Telegram finds. */
export const readTyped = (source: string): Formatted => withDetected(cleaned({ text: source, entities: [] }));

function read(source: string, parseMode: string | undefined, entities: unknown): Formatted {
  if (/[\uD800-\uDFFF]/u.test(source)) throw badRequest('strings must be encoded in UTF-8');
  return withDetected(cleaned(parse(source, parseMode, entities)));
}

function parse(source: string, parseMode: string | undefined, entities: unknown): Formatted {
  switch ((parseMode ?? '').toLowerCase()) {
    case '':
      return { text: source, entities: readEntities(source, entities) };
    case 'none':
      return { text: source, entities: [] };
    case 'html':
      return parseHtml(source);
    default:
      throw badRequest('unsupported parse_mode');
  }
}

/** Kinds that a bot may give; the rest Telegram finds itself. */
const GIVEN: ReadonlySet<string> = new Set<MessageEntity['type']>([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
]);

function readEntities(text: string, given: unknown): MessageEntity[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw badRequest("can't parse entities: expected an Array");
  const entities = given.map((one: unknown): MessageEntity => {
    const entity = one as { type?: unknown; offset?: unknown; length?: unknown; url?: unknown; user?: User } | null;
    if (typeof entity !== 'object' || entity === null) throw badRequest('expected an Object');
    const { type, offset, length } = entity;
    if (typeof type !== 'string') throw badRequest(`Can't find field "type"`);
    if (!Number.isInteger(offset) || !Number.isInteger(length)) throw badRequest(`Field "offset" must be of type Number`);
    const [from, size] = [offset as number, length as number];
    if (from < 0 || size < 0 || from + size > text.length) throw badRequest('entity beginning or end is out of the text');
    return entity as MessageEntity;
  });
  // What Telegram does not know, or finds by itself, is passed over.
  return inOrder(entities.filter(({ type, length }) => length > 0 && GIVEN.has(type)));
}
