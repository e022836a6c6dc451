/** How a message comes into a chat, whoever sends it. */
import type { Chat, Message, MessageOrigin, ReactionType, User } from 'grammy/types';
import type { ReplyKeyboard } from '../protocol.ts';
import { present } from './present.ts';
import { badRequest } from './refusal.ts';
import { type ChatState, cardAsChat, type Sale, type State, type StoredMessage } from './state.ts';
import type { World } from './world.ts';

/** Fields of `Message` that make its content; the rest is set here. */
export type Content = Partial<Message>;

export type Author = { from: User; senderChat?: Chat };

type Post = {
  chat: ChatState;
  author: Author;
  content: Content;
  threadId?: number;
  replyTo?: StoredMessage;
  sale?: Sale;
  isSilent?: boolean;
};

/** Anonymous administrators write in the group's name, behind this account. */
export const ANONYMOUS_BOT: User = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

export const nextMessageId = (state: State, chat: ChatState): number =>
  (chat.card.kind === 'supergroup' ? chat.card.lastMessageId : state.lastMailboxId) + 1;

/** Puts the message at the end of the chat and returns it as the Bot API shows it. */
export function post(world: World, { chat, author, content, threadId, replyTo, sale, isSilent = false }: Post): Message {
  const topicStart = threadId === undefined ? undefined : chat.messages.get(threadId);
  // In a topic, what answers nothing answers the topic's first service message.
  const answered = replyTo ?? (topicStart?.message.forum_topic_created ? topicStart : undefined);
  const message = present<Message>({
    message_id: nextMessageId(world.state, chat),
    message_thread_id: threadId,
    from: author.from,
    sender_chat: author.senderChat,
    chat: cardAsChat(world.state, chat.card),
    date: world.seconds(),
    is_topic_message: threadId === undefined ? undefined : true,
    reply_to_message: answered && withoutReply(answered.message),
    ...content,
  });
  world.put({
    fact: 'message',
    chatId: chat.card.id,
    stored: {
      message,
      ...(sale === undefined ? {} : { sale, invoice: 'payable' as const }),
      ...(isSilent ? { isSilent } : {}),
    },
  });
  return message;
}

/** Replaces parts of a message: a member that is undefined goes away. */
export function change(
  world: World,
  chat: ChatState,
  id: number,
  parts: { [K in keyof Message]?: Message[K] | undefined },
): Message {
  const stored = storedIn(chat, id);
  const message = present<Message>({ ...stored.message, ...parts });
  world.put({ fact: 'message', chatId: chat.card.id, stored: { ...stored, message } });
  return message;
}

export function setReactions(world: World, chat: ChatState, id: number, reactions: ReactionType[]): void {
  const { reactions: _, ...stored } = storedIn(chat, id);
  world.put({
    fact: 'message',
    chatId: chat.card.id,
    stored: reactions.length === 0 ? stored : { ...stored, reactions },
  });
}

/** The one reaction of a person under a message; undefined takes it away. The one before. */
export function setPersonReaction(
  world: World,
  chat: ChatState,
  id: number,
  personId: number,
  emoji: string | undefined,
): string | undefined {
  const { peopleReactions = [], ...stored } = storedIn(chat, id);
  const others = peopleReactions.filter((one) => one.personId !== personId);
  const all = emoji === undefined ? others : [...others, { personId, emoji }];
  world.put({
    fact: 'message',
    chatId: chat.card.id,
    stored: all.length === 0 ? stored : { ...stored, peopleReactions: all },
  });
  return peopleReactions.find((one) => one.personId === personId)?.emoji;
}

export function removeMessages(world: World, chat: ChatState, ids: number[]): void {
  const known = ids.filter((id) => chat.messages.has(id));
  if (known.length === 0) return;
  world.put({ fact: 'messages-gone', chatId: chat.card.id, messageIds: known });
}

/** The keyboard below the input; undefined takes it away. */
export function setKeyboard(world: World, chat: ChatState, keyboard: ReplyKeyboard | undefined): void {
  const { keyboard: former, ...card } = chat.card;
  if (keyboard === undefined && former === undefined) return;
  world.put({ fact: 'chat', card: keyboard === undefined ? card : { ...card, keyboard } });
}

/** Where a forwarded message came from; what was forwarded already keeps its origin. */
export function originOf(message: Message): MessageOrigin {
  if (message.forward_origin) return message.forward_origin;
  if (message.sender_chat) return { type: 'chat', date: message.date, sender_chat: message.sender_chat };
  if (!message.from) throw badRequest("message can't be forwarded");
  return { type: 'user', date: message.date, sender_user: message.from };
}

/** Fields that are not content: they belong to one place, one sender, one moment. */
const ENVELOPE = [
  'message_id',
  'message_thread_id',
  'from',
  'sender_chat',
  'chat',
  'date',
  'edit_date',
  'is_topic_message',
  'reply_to_message',
  'external_reply',
  'quote',
  'forward_origin',
  'via_bot',
  'has_protected_content',
  'media_group_id',
  'author_signature',
] as const;

/** What a copy or a forward takes along; buttons stay behind. */
export function contentOf(message: Message): Content {
  const content: Content = { ...message };
  for (const field of ENVELOPE) delete content[field];
  delete content.reply_markup;
  return content;
}

const SERVICE = [
  'new_chat_members',
  'left_chat_member',
  'group_chat_created',
  'supergroup_chat_created',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'successful_payment',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
] as const;

export const isService = (message: Message): boolean => SERVICE.some((field) => message[field] !== undefined);

function withoutReply(message: Message): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message['reply_to_message']>;
}

function storedIn(chat: ChatState, id: number): StoredMessage {
  const stored = chat.messages.get(id);
  if (!stored) throw badRequest('message not found');
  return stored;
}
