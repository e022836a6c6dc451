import type { Message } from 'grammy/types';

/**
 * The newest message of the chat that a dialog knows: its number, and by which its words are known again. Telegram numbers what comes and what
 * goes in one row. `''`: the words are not to be known.
 */
export type LastMessage = [id: number, mark: string];

/** Telegram tells an edit also where nothing was edited: the first reaction makes one. */
export function markOf({ text, caption, photo, document }: Message): string {
  const file = photo?.at(-1)?.file_unique_id ?? document?.file_unique_id ?? '';
  return checksum(file, checksum(text ?? caption ?? '')).toString(36);
}

/** Whether somebody means his answer by an edit: of the last message, whose words are others now, or of a newer one. */
export function meansAnswer(last: LastMessage | null, edited: Message): boolean {
  if (!last) return true;
  const [id, mark] = last;
  return edited.message_id > id || (edited.message_id === id && mark !== '' && mark !== markOf(edited));
}

/** Whether an edit may hold what was asked for: the same, and where the words before it are not to be known, too. */
export function mayHoldAnswer(last: LastMessage | null, edited: Message): boolean {
  if (!last) return true;
  const [id, mark] = last;
  return edited.message_id > id || (edited.message_id === id && mark !== markOf(edited));
}

/** FNV-1a, 32 bits: tells two texts of one message apart, and is sealed with the state. */
function checksum(text: string, seed = 0x811c9dc5): number {
  let sum = seed;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
