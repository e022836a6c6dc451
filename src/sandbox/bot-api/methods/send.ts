/** What all sending methods have in common: the topic, the message answered, the keyboard. */
import type { Message } from 'grammy/types';
import { chatWhereBotWrites, mayBot, messageWithId } from '../access.ts';
import type { ApiCall } from '../call.ts';
import { hasPay, type StoredMarkup, readMarkup } from '../markup.ts';
import { type Content, post, setKeyboard } from '../posting.ts';
import { badRequest } from '../refusal.ts';
import { botAsUser, type ChatState, type Sale, type StoredMessage } from '../state.ts';

/** Sends one message of this content to the chat that the call names. */
export function sendContent(call: ApiCall, content: Content, sale?: Sale): Message {
  const markup = readMarkup(call.parameters.json('reply_markup'));
  if (hasPay(markup) && sale === undefined) throw badRequest('BUTTON_TYPE_INVALID');
  const place = sendTargetOf(call, 1);
  requireButtonsOf(place.chat, markup);
  return sendTo(call, place, content, markup, sale);
}

export type SendTarget = { chat: ChatState; threadId?: number; replyTo?: StoredMessage };

/** The chat, the topic in it and the message answered, all checked, `messages` counted for the limits. */
export function sendTargetOf(call: ApiCall, messages: number): SendTarget {
  const chat = chatWhereBotWrites(call, messages);
  const threadId = threadOf(call, chat);
  const replyTo = answeredIn(call, chat);
  return {
    chat,
    ...(threadId === undefined ? {} : { threadId }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}

export function sendTo(call: ApiCall, place: SendTarget, content: Content, markup: StoredMarkup, sale?: Sale): Message {
  const { world } = call;
  return world.change(() => {
    if (markup.kind === 'keyboard') setKeyboard(world, place.chat, markup.keyboard);
    if (markup.kind === 'remove') setKeyboard(world, place.chat, undefined);
    return post(world, {
      ...place,
      author: { from: botAsUser(world.state.bot) },
      content: {
        ...content,
        ...(markup.kind === 'inline' ? { reply_markup: markup.inline } : {}),
        ...(call.parameters.flag('protect_content') ? { has_protected_content: true as const } : {}),
      },
      ...(sale === undefined ? {} : { sale }),
      isSilent: call.parameters.flag('disable_notification'),
    });
  });
}

/** Numbers, places and web apps are asked for in private chats only. */
function requireButtonsOf({ card }: ChatState, markup: StoredMarkup): void {
  if (card.kind === 'private') return;
  const buttons =
    markup.kind === 'inline' ? markup.inline.inline_keyboard : markup.kind === 'keyboard' ? markup.keyboard.rows : [];
  const isPrivateOnly = (button: object): boolean =>
    'web_app' in button || Object.keys(button).some((key) => key.startsWith('request_'));
  if (buttons.flat().some((button) => typeof button !== 'string' && isPrivateOnly(button)))
    throw badRequest('BUTTON_TYPE_INVALID');
}

/** «General» has no thread of its own; plain chats have none at all. */
export function threadOf(call: ApiCall, { card }: ChatState): number | undefined {
  const threadId = call.parameters.integer('message_thread_id');
  if (threadId === undefined || threadId === 0) return undefined;
  if (!card.isForum) throw badRequest('message thread not found');
  if (threadId === 1) return undefined;
  const topic = card.topics.find((one) => one.threadId === threadId);
  if (!topic) throw badRequest('message thread not found');
  if (topic.isClosed && !mayBot(card, 'can_manage_topics')) throw badRequest('TOPIC_CLOSED');
  return threadId;
}

function answeredIn(call: ApiCall, chat: ChatState): StoredMessage | undefined {
  const given = call.parameters.json('reply_parameters');
  const former = call.parameters.integer('reply_to_message_id');
  if (given === undefined && former === undefined) return undefined;
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw badRequest('object expected as reply parameters');
  const reply = (given ?? {
    message_id: former,
    allow_sending_without_reply: call.parameters.flag('allow_sending_without_reply'),
  }) as { message_id?: unknown; chat_id?: unknown; allow_sending_without_reply?: unknown };
  const elsewhere = reply.chat_id === undefined ? chat : call.world.state.chats.get(Number(reply.chat_id));
  const id = Number(reply.message_id);
  if (reply.allow_sending_without_reply === true && !elsewhere?.messages.has(id)) return undefined;
  if (!elsewhere) throw badRequest('chat not found');
  return messageWithId(elsewhere, id, 'message to be replied');
}
