import type { Message } from 'grammy/types';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { ThreadRef } from '../../office/staff/thread.ts';
import { messageRef } from './ids.ts';
import { messagePartOf } from './message-part-of.ts';
import type { VisitContext } from './visit-context.ts';

/** Where in the group something is done; of a message that Telegram shows us no more, only that it was there. */
export function threadRefOf(message: Message | undefined): ThreadRef {
  if (!message) return { thread: null, repliesTo: null };
  const { chat, message_thread_id: thread } = message;
  // In a group without topics a row of replies has a thread of its own, which is none.
  if (message.is_topic_message && thread !== undefined) return { thread: messageRef(chat.id, thread), repliesTo: null };
  return { thread: null, repliesTo: messagePartOf(message)?.repliesTo ?? null };
}

/** Whoever acts, as the office knows staff; whether it is staff, the office asks. */
export function staffOf({ visit, from }: VisitContext, step: string): StaffCaller {
  const { messengerId, name, letterId, turn } = visit;
  return {
    messengerId,
    name,
    idempotencyKey: `${letterId}:${step}`,
    turn,
    ...(from?.username !== undefined && { username: from.username }),
  };
}
