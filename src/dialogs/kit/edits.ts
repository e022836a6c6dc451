import { createHash } from 'node:crypto';
import type { Message } from 'grammy/types';

/**
 * The newest message of the chat that a dialog knows: its number, and by which its words are known again. Telegram numbers what comes and what
 * goes in one row. `''`: the words are not to be known.
 */
export type LastMessage = [id: number, mark: string];

/** Telegram tells an edit also where nothing was edited: the first reaction makes one. */
export function markOf({ text, caption, photo, document }: Message): string {
  const content = [text ?? caption ?? '', photo?.at(-1)?.file_unique_id ?? document?.file_unique_id ?? ''];
  return createHash('sha256').update(content.join('\0')).digest('base64url').slice(0, 6);
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
