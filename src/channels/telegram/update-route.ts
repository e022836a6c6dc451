import type { Message, Update } from 'grammy/types';
import type { UpdateRoute } from '../../reception/channel.ts';
import { chatId, messageRef, personId } from './ids.ts';
import { hasContent } from './message-content.ts';
import type { StaffGroup } from './staff-group.ts';

/** Whose an update is; undefined: nothing of ours. */
export type RouteOf = (update: Update) => UpdateRoute | undefined;

/**
 * A private chat is its person's; a report of what happened in it is nothing to answer, but for the way to the person being open again.
 * Payments have a line of their own: their ten seconds are over before a slow dialog is. In the staff group each thread is a line, and in a
 * plain group all of it. Other groups are none of ours. Never throws, whatever is missing: nobody would get past such an update.
 */
export function createRouting(group: Pick<StaffGroup, 'id'>): RouteOf {
  return (update) => {
    if (isStepOfLiveLocation(update)) return undefined;
    // Money waits for nothing that its payer has written. An invoice that was forwarded to a group is paid there, and is its payer's all the same.
    const payer = update.message && isAboutMoney(update.message) ? payerOf(update.message) : update.pre_checkout_query?.from?.id;
    if (payer !== undefined) return inPrivate(payer, `${personId(payer)}-pay`);
    const said = update.message ?? update.edited_message;
    const message = said ?? update.callback_query?.message;
    if (message?.chat?.type === 'private') {
      return said && !hasContent(said) ? undefined : inPrivate(message.chat.id, personId(message.chat.id));
    }
    const standing = update.my_chat_member;
    // It does not meet the dialog.
    if (standing?.chat?.type === 'private') return inPrivate(standing.chat.id, `${personId(standing.chat.id)}-standing`);
    const staffChat = group.id();
    const chat = message?.chat?.id ?? update.my_chat_member?.chat?.id;
    const person = (update.message ?? update.edited_message ?? update.callback_query ?? update.my_chat_member)?.from?.id;
    const from = update.message?.migrate_from_chat_id;
    if (chat === undefined || person === undefined || staffChat === undefined) return undefined;
    if (chat !== staffChat && from !== staffChat) return undefined;
    const thread = message && 'is_topic_message' in message ? message.message_thread_id : undefined;
    return { person: personId(person), line: thread === undefined ? chatId(chat) : messageRef(chat, thread), room: 'staff' };
  };
}

/** Where somebody is by now who shares that, every few seconds for hours, and that it is over: nobody has corrected anything. */
function isStepOfLiveLocation({ edited_message: edited }: Update): boolean {
  return edited?.location !== undefined;
}

/** Something that people did in a group. */
export function isInGroup(update: Update): boolean {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message;
  return message?.chat !== undefined && message.chat !== null && message.chat.type !== 'private';
}

const inPrivate = (person: number, line: string): UpdateRoute => ({ person: personId(person), line, room: 'private' });

function payerOf({ chat, from }: Message): number | undefined {
  return chat?.type === 'private' ? chat.id : from?.id;
}

/** Whether a message says that money was taken or given back. */
export function isAboutMoney(message: Message): boolean {
  return message.successful_payment !== undefined || message.refunded_payment !== undefined;
}
