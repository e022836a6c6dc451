import type { Update } from 'grammy/types';

/**
 * The chat whose order an update keeps. Undefined for what stands alone: a payment about to be made must be answered within ten seconds, so
 * it waits for nothing.
 */
export function chatOf(update: Update): number | undefined {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message;
  return message?.chat?.id;
}
