import { splitText } from '../../domain/parts.ts';
import type { PieceKind, RequestMessage } from '../../records/request-messages.ts';
import type { FileKind } from './deeds.ts';

/** What the other side gets as one message: words, a file with words under it, or something that can only be copied. */
export type Part = { file?: { kind: FileKind; handle: string }; copies?: true; html: string };

/** Telegram's figures, for what is read, without the tags. */
const LONGEST_WORDS = 4096;
const LONGEST_CAPTION = 1024;
const BETWEEN_WORDS = '\n\n';

type Written = Pick<RequestMessage, 'kind' | 'words' | 'file'>;

/** `header` in HTML, a line of its own above the words; '' for none. */
export function wordsParts(messages: readonly Written[], header: string): Part[] {
  const words = joined(messages);
  const room = LONGEST_WORDS - readable(header).length - 1;
  const [first = '', ...rest] = splitText(words, room);
  return [first, ...rest].map((text, n) => ({ html: n === 0 ? under(header, escapeHtml(text)) : escapeHtml(text) }));
}

/** A file's words stand under it; what does not fit follows as a message. */
export function fileParts(message: Written, header: string): Part[] {
  const { kind, words, file } = message;
  if (kind === 'words') return wordsParts([message], header);
  const carries = CARRIES_WORDS.has(kind);
  const fits = carries && readable(header).length + 1 + words.length <= LONGEST_CAPTION;
  const html = fits ? under(header, escapeHtml(words)) : carries ? header : '';
  const part: Part =
    kind === 'location' || kind === 'contact' || file === null ? { copies: true, html } : { file: { kind, handle: file }, html };
  // Of a place, a contact and a sticker, the words only repeat what is seen.
  return [part, ...(fits || !carries || words === '' ? [] : wordsParts([message], ''))];
}

/** Messages that went together, part by part. `fileLost`: what is said in place of a file that is no longer to be had. */
export function partsOf(messages: readonly [Written, ...Written[]], header: string, fileLost?: string): Part[] {
  const [message] = messages;
  if (message.kind === 'words') return wordsParts(messages, header);
  return fileLost === undefined ? fileParts(message, header) : wordsParts([message], under(header, fileLost));
}

/** Whether these words fit into one message. */
export function fitTogether(messages: readonly Written[]): boolean {
  // Room for a header is left.
  return joined(messages).length <= LONGEST_WORDS - 100;
}

function joined(messages: readonly Written[]): string {
  return messages.map(({ words }) => words).join(BETWEEN_WORDS);
}

const CARRIES_WORDS: ReadonlySet<PieceKind> = new Set(['photo', 'document', 'video', 'audio', 'voice']);

function under(header: string, html: string): string {
  return [header, html].filter((line) => line !== '').join('\n');
}

/** As long as it is read. */
function readable(html: string): string {
  return html.replace(/<[^>]+>/g, '').replace(/&\w+;/g, '.');
}

/** Words of people, for Telegram's HTML. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
