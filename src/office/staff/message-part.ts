import { createHash } from 'node:crypto';
import { shortenTo } from '../../domain/cut.ts';
import { maskToldLine } from '../identity/mask-told.ts';
import type { Heading, MessagePartContext, MessagePartKind, RequestMessage } from '../../records/request-messages.ts';

/** A message in a messenger, by its chat and number there: `telegram:701/55`. */
export type MessageRef = `${string}:${string}/${string}`;

/** One message that somebody wrote, as a request needs it. */
export type MessagePart = {
  source: MessageRef;
  /** Messages of one album go together. */
  album: string | null;
  /** The message that it answers, as its writer sees it. */
  repliesTo: MessageRef | null;
  kind: MessagePartKind;
  /** Plain text: what was written, or what stands under the file; '' where nothing does. */
  words: string;
  /** The messenger's handle of the file. */
  file: string | null;
  fileName: string | null;
  /** What the messenger calls the file whatever its handle is. */
  fileKey?: string | null;
  context?: Cited | null;
};

/** What a message cites, and what stands above it. */
export type Cited = {
  heading?: Heading;
  /** The words that its writer picked out of the message that it answers. */
  quote?: string;
  /** The beginning of that message. */
  about?: string;
  /** That message stands in a channel that all may read. */
  open?: boolean;
  /** From whom this one was passed on. */
  from?: { who: 'person' | 'chat'; name: string };
  /** Which of its words look how. */
  looks?: NonNullable<MessagePartContext['looks']>;
  /** By which the command is known again that the words were made of (`commandMark`). */
  command?: string;
};

type HeldFile = Pick<MessagePart, 'kind' | 'file' | 'fileName' | 'fileKey'>;

/** Whether a message still holds the file that it held: a handle may change by itself. */
export function isSameFile(message: Pick<RequestMessage, 'file' | 'fileKey'>, { file, fileKey = null }: HeldFile): boolean {
  return message.file === file || (fileKey !== null && message.fileKey === fileKey);
}

/** The file of a message, as it is kept. */
export function revisionOf({ kind, file, fileName, fileKey = null }: HeldFile) {
  return { kind, file, fileName, fileKey };
}

/** The same where only the words are others. */
export function keptFile({ kind, file, fileName, fileKey }: RequestMessage) {
  return { kind, file, fileName, fileKey };
}

/**
 * What of it the other side is shown, beside its words. `within`: it answers a message of the request; `quotable`: what is quoted of that is before
 * the other side as well. Of what else a resident answers or quotes staff see the beginning, masked as the card is; of what else staff quote,
 * perhaps a note of theirs or another resident's topic, a resident sees what stands in a channel for all.
 */
export function contextOf(
  messagePart: Pick<MessagePart, 'context'>,
  side: 'resident' | 'staff',
  { within, quotable }: { within: boolean; quotable: boolean },
): MessagePartContext | null {
  const { quote, about, open = false, from, looks, heading, command } = messagePart.context ?? {};
  const said = quote ?? (within ? '' : (about ?? ''));
  const masked = maskToldLine(said, { accounts: [] });
  const ofResident = quote === undefined ? shortenTo(masked, LONGEST_ABOUT) : masked;
  const elsewhere = side === 'resident' ? ofResident : open && !within ? (quote ?? '') : '';
  const shown = quotable ? (quote ?? '') : elsewhere;
  const cited = shown === '' ? {} : { quote: shown, elsewhere: !quotable };
  const kept = { ...cited, ...(from && { from }), ...(looks && { looks }), ...(heading && { heading }) };
  const whole = { ...kept, ...(command !== undefined && { command }) };
  return Object.keys(whole).length === 0 ? null : whole;
}

/** Enough to know which message it was. */
const LONGEST_ABOUT = 120;

/** The same where its words were changed: they look as they look now, and are those of no command any more. */
export function contextWith(
  kept: MessagePartContext | null,
  { context }: Pick<MessagePart, 'context'>,
): MessagePartContext | null {
  const { looks: _looks, command: _command, heading, ...rest } = kept ?? {};
  const looks = context?.looks;
  const whole = { ...rest, ...(looks && { looks }), ...(heading && { heading: headingOfEdited(heading) }) };
  return Object.keys(whole).length === 0 ? null : whole;
}

const headingOfEdited = ({ edited }: Heading): Heading => ({ shown: edited, edited });

/** A checksum of a command as it was typed: what stands behind it may be for colleagues only, and is not kept. */
export function commandMark(typed: string): string {
  return createHash('sha256').update(typed).digest('base64url');
}

/** Whether words look as they did. */
export function looksSame(kept: MessagePartContext | null, { context }: Pick<MessagePart, 'context'>): boolean {
  return JSON.stringify(kept?.looks ?? []) === JSON.stringify(context?.looks ?? []);
}

/** As it is where its words are no longer those that were written. */
export function withoutLooks<Part extends Pick<MessagePart, 'context'>>(messagePart: Part): Part {
  if (!messagePart.context?.looks) return messagePart;
  const { looks: _, ...context } = messagePart.context;
  return { ...messagePart, context };
}
