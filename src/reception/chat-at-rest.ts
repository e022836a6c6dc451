import type { MessagePlace } from '../dialogs/kit/letter.ts';
import { type DialogOver, decodeOver, encodeOver } from '../dialogs/kit/progress.ts';
import { type ChapterName, isChapterName } from '../domain/doors.ts';

/** The letter by which a chapter was answered last, and ended: by its place and its mark an edit of it is known. */
export type LastAnswer = { dialog: ChapterName; place: MessagePlace; mark: string; album?: AnsweringAlbum | undefined };

/** Of which its photo was the first that came, with the name of that picture; '' once it was told that the others are not kept. */
export type AnsweringAlbum = { id: string; first: string };

/** What is kept of a chat in which no dialog is under way. */
export type ChatAtRest = DialogOver & { answer?: LastAnswer | undefined };

/** The answer stands behind what the kit keeps: a release that does not know it reads the rest. */
export function encodeRest({ run, leftSecret, answer }: ChatAtRest): Uint8Array {
  if (!answer) return encodeOver({ run, leftSecret });
  const { dialog, place, mark, album } = answer;
  const kept = [dialog, place, mark, ...(album ? [album.id, album.first] : [])];
  return Buffer.from(JSON.stringify([null, run ?? null, leftSecret ? 1 : 0, kept]));
}

/** Undefined for the state of a dialog that is under way. */
export function decodeRest(state: Uint8Array): ChatAtRest | undefined {
  const over = decodeOver(state);
  if (!over) return undefined;
  const [, , , kept] = JSON.parse(Buffer.from(state).toString()) as unknown[];
  const answer = answerIn(kept);
  return { ...over, ...(answer && { answer }) };
}

function answerIn(kept: unknown): LastAnswer | undefined {
  if (!Array.isArray(kept)) return undefined;
  const [dialog, place, mark, id, first] = kept as unknown[];
  if (!isChapterName(dialog) || typeof place !== 'string' || typeof mark !== 'string') return undefined;
  return { dialog, place, mark, ...(typeof id === 'string' && typeof first === 'string' && { album: { id, first } }) };
}
