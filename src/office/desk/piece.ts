import type { PieceContext, PieceKind, RequestMessage } from '../../records/request-messages.ts';

/** A message in a messenger, by its chat and number there: `telegram:701/55`. */
export type MessageRef = `${string}:${string}/${string}`;

/** One message that somebody wrote, as a request needs it. */
export type Piece = {
  source: MessageRef;
  /** Messages of one album go together. */
  album: string | null;
  /** The message that it answers, as its writer sees it. */
  repliesTo: MessageRef | null;
  kind: PieceKind;
  /** Plain text: what was written, or what stands under the file; '' where nothing does. */
  words: string;
  /** The messenger's handle of the file. */
  file: string | null;
  fileName: string | null;
  /** What the messenger calls the file whatever its handle is. */
  fileKey?: string | null;
  /** What was quoted of the message that it answers, and from whom it was passed on. */
  context?: PieceContext | null;
};

type HeldFile = Pick<Piece, 'kind' | 'file' | 'fileName' | 'fileKey'>;

/** Whether a message still holds the file that it held: a handle may change by itself. */
export function isSameFile(message: Pick<RequestMessage, 'file' | 'file_key'>, { file, fileKey = null }: HeldFile): boolean {
  return message.file === file || (fileKey !== null && message.file_key === fileKey);
}

/** The file of a message, as it is kept. */
export function revisionOf({ kind, file, fileName, fileKey = null }: HeldFile) {
  return { kind, file, file_name: fileName, file_key: fileKey };
}

/** The same where only the words are others. */
export function keptFile({ kind, file, file_name, file_key }: RequestMessage) {
  return { kind, file, file_name, file_key };
}

/** `within`: what is quoted is a message of the request, which the other side has before it. */
export function contextOf(context: PieceContext | null | undefined, within: boolean): PieceContext | null {
  if (!context) return null;
  const { quote, from } = context;
  if (quote === undefined && from === undefined) return null;
  return { ...(quote !== undefined && { quote, elsewhere: !within }), ...(from && { from }) };
}
