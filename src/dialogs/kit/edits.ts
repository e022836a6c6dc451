import type { Letter, MessagePlace } from './letter.ts';

/**
 * The newest message of the chat that a dialog knows: its place, and by which its content is known again. `''`: the content is not to be known.
 */
export type LastMessage = [place: MessagePlace, mark: string];

/** A messenger may tell an edit also where nothing was edited: in Telegram the first reaction makes one. `file`: what tells it from others. */
export function markOf(words: string, file: string): string {
  return checksum(file, checksum(words)).toString(36);
}

type Edit = Pick<Extract<Letter, { kind: 'edit' }>, 'place' | 'mark'>;

/** Whether somebody means his answer by an edit: of the last message, whose words are others now, or of a newer one. */
export function meansAnswer(last: LastMessage | null, edited: Edit): boolean {
  if (!last) return true;
  const [place, mark] = last;
  return edited.place > place || (edited.place === place && mark !== '' && mark !== edited.mark);
}

/** Whether an edit may hold what was asked for: the same, and where the words before it are not to be known, too. */
export function mayHoldAnswer(last: LastMessage | null, edited: Edit): boolean {
  if (!last) return true;
  const [place, mark] = last;
  return edited.place > place || (edited.place === place && mark !== edited.mark);
}

/** Whether an edit is of what was there before the last message: whether anything was edited is not known then. */
export function isOfEarlier(last: LastMessage | null, edited: Edit): boolean {
  return last !== null && edited.place < last[0];
}

/** FNV-1a, 32 bits: tells two texts of one message apart, and is sealed with the state. */
function checksum(text: string, seed = 0x811c9dc5): number {
  let sum = seed;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
