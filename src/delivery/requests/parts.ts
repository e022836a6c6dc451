import { splitText } from '../../domain/parts.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { MessagePartKind, RequestMessage } from '../../records/request-messages.ts';
import { escapeMarkup, markLooks, quoteBlock, shownText } from '../../texts/markup.ts';
import type { CaptionedFile, FileKind, Limits } from './actions.ts';

/** What the other side gets as one message: words, a file with words under it, or something that can only be copied. */
export type OutgoingPart = { file?: { kind: FileKind; handle: string }; copies?: true; marked: string };

/** What stands round somebody's words where the other side reads them, in the tags of `texts/markup.ts`. */
export type MessageFrame = {
  /** A line of its own above the words; '' for none. */
  header: string;
  /** What was answered or passed on, a line each; '' for nothing. */
  context: string;
  /**
   * A resident's words among staff: in each part they stand in a block that nobody's words can open or close, below the header, and what can
   * carry no words goes after a message that says whose it is. So they are never taken for the bot's own, or for a colleague's.
   */
  residents: boolean;
  /** What fits there. */
  limits: Pick<Limits, 'text' | 'caption'>;
  /** What a piece that carries no words is called. */
  nameOf: (kind: MessagePartKind) => string;
};

/** A part's file, as a messenger is asked to hand it over. */
export function heldBy(
  { source, fileName }: Pick<RequestMessage, 'source' | 'fileName'>,
  { kind, handle }: NonNullable<OutgoingPart['file']>,
): Omit<CaptionedFile, 'marked'> {
  return { kind, file: handle, fileName, source: source as MessageRef };
}

const BETWEEN_WORDS = '\n\n';

type WrittenMessage = Pick<RequestMessage, 'kind' | 'words' | 'file'> & { context?: RequestMessage['context'] };

/** What it is about stands above its words and is cut with them; their looks move down by as much. */
function underHeading<Message extends WrittenMessage>(message: Message): Message {
  const { heading, looks } = message.context ?? {};
  if (!heading) return message;
  const above = message.words === '' ? heading.shown : `${heading.shown}${BETWEEN_WORDS}`;
  const moved = looks?.map((each) => ({ ...each, from: each.from + above.length, to: each.to + above.length }));
  return { ...message, words: `${above}${message.words}`, context: moved ? { looks: moved } : null };
}

function wordsParts(messages: readonly WrittenMessage[], frame: MessageFrame): OutgoingPart[] {
  const { header, context, residents, limits } = frame;
  const room = limits.text - shownText(header).length - shownText(context).length - 2;
  const whole = joined(messages);
  const [first = '', ...rest] = looking(whole, splitText(whole, room), messages);
  const further = residents ? frame : { ...frame, header: '' };
  return [{ marked: framed(frame, lines(context, first)) }, ...rest.map((marked) => ({ marked: framed(further, marked) }))];
}

/** Pieces of what one person wrote, with its looks; of several messages that go as one, without. */
function looking(whole: string, pieces: readonly string[], messages: readonly WrittenMessage[]): string[] {
  const looks = (messages.length === 1 && messages[0]?.context?.looks) || [];
  let at = 0;
  return pieces.map((piece) => {
    const from = Math.max(0, whole.indexOf(piece, at));
    at = from + piece.length;
    const own = looks.map((each) => ({ ...each, from: each.from - from, to: each.to - from }));
    return markLooks(
      piece,
      own.filter((each) => each.to > 0 && each.from < piece.length),
    );
  });
}

/** A file's words stand under it; what does not fit follows as a message. */
export function fileParts(written: WrittenMessage, frame: MessageFrame): OutgoingPart[] {
  const message = underHeading(written);
  const { kind, words, file } = message;
  if (kind === 'words') return wordsParts([message], frame);
  const { header, context, residents } = frame;
  const held: Omit<OutgoingPart, 'marked'> =
    kind === 'location' || kind === 'contact' || file === null ? { copies: true } : { file: { kind, handle: file } };
  if (!CARRIES_WORDS.has(kind)) {
    // Of a place, a contact and a sticker, the words only repeat what is seen.
    const bare = { ...held, marked: '' };
    if (!residents) return [bare];
    const said = [frame.nameOf(kind), words].filter((each) => each !== '').join(' ');
    return [{ marked: framed(frame, lines(context, escapeMarkup(said))) }, bare];
  }
  const fits = shownText(header).length + shownText(context).length + words.length + 2 <= frame.limits.caption;
  const [said = ''] = fits ? looking(words, [words], [message]) : [];
  const marked = framed(frame, lines(context, said));
  return [
    { ...held, marked },
    ...(fits ? [] : wordsParts([message], residents ? { ...frame, context: '' } : { ...frame, header: '', context: '' })),
  ];
}

/** Messages that went together, part by part. `fileLost`: what is said in place of a file that is no longer to be had; '' for nothing. */
export function partsOf(
  messages: readonly [WrittenMessage, ...WrittenMessage[]],
  frame: MessageFrame,
  fileLost?: string,
): OutgoingPart[] {
  const [message] = messages;
  if (message.kind === 'words') return wordsParts(messages.map(underHeading), frame);
  return fileLost === undefined
    ? fileParts(message, frame)
    : wordsParts([underHeading(message)], { ...frame, header: lines(frame.header, fileLost) });
}

/** Whether a file, with all that stands under it, may go out in an album. */
export function fitsAlbum(message: WrittenMessage, { inAlbum }: Pick<Limits, 'inAlbum'>): boolean {
  return message.file !== null && underHeading(message).words.length <= inAlbum;
}

/** Whether these words fit into one message. */
export function fitTogether(messages: readonly WrittenMessage[], { text }: Pick<Limits, 'text'>): boolean {
  // Room for a header is left.
  return joined(messages.map(underHeading)).length <= text - 100;
}

function joined(messages: readonly WrittenMessage[]): string {
  return messages.map(({ words }) => words).join(BETWEEN_WORDS);
}

const CARRIES_WORDS: ReadonlySet<MessagePartKind> = new Set(['photo', 'document', 'video', 'audio', 'voice']);

function framed({ header, residents }: MessageFrame, marked: string): string {
  return lines(header, residents && marked !== '' ? quoteBlock(marked) : marked);
}

function lines(...marked: readonly string[]): string {
  return marked.filter((line) => line !== '').join('\n');
}
