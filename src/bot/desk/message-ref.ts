import type { MessageRef } from '../../office/desk/message-part.ts';

/** The chat and the number of a message, or of a thread. */
export function readRef(ref: MessageRef): { chat: number; message: number } {
  const [, chat, message] = /^telegram:(-?\d+)\/(\d+)$/.exec(ref) ?? [];
  if (chat === undefined || message === undefined) throw new Error('not a message in Telegram');
  return { chat: Number(chat), message: Number(message) };
}
