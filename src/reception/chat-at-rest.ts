import type { MessagePlace } from '../dialogs/kit/letter.ts';
import { type DialogOver, decodeOver, encodeOver } from '../dialogs/kit/progress.ts';
import { type ChapterName, isChapterName } from '../domain/doors.ts';

/** The letter by which a chapter was answered last, and ended: by its place and its mark an edit of it is known. */
export type LastAnswer = { dialog: ChapterName; place: MessagePlace; mark: string };

/** What is kept of a chat in which no dialog is under way. */
export type ChatAtRest = DialogOver & { answer?: LastAnswer | undefined };

/** The answer stands behind what the kit keeps: a release that does not know it reads the rest. */
export function encodeRest({ run, leftSecret, answer }: ChatAtRest): Uint8Array {
  if (!answer) return encodeOver({ run, leftSecret });
  const { dialog, place, mark } = answer;
  return Buffer.from(JSON.stringify([null, run ?? null, leftSecret ? 1 : 0, [dialog, place, mark]]));
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
  const [dialog, place, mark] = kept as unknown[];
  return isChapterName(dialog) && typeof place === 'string' && typeof mark === 'string' ? { dialog, place, mark } : undefined;
}
