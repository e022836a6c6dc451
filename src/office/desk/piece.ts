import type { PieceKind } from '../../records/request-messages.ts';

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
};
