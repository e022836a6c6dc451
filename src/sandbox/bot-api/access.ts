/** Chats and messages as the bot may reach them, with Telegram's words where it may not. */
import type { ApiCall } from './call.ts';
import { badRequest, forbidden, Refusal } from './refusal.ts';
import type { ChatCard, ChatState, StoredMessage } from './state.ts';

/** The chat that a parameter names, if the bot is in it. */
export function chatNamed(call: ApiCall, parameter = 'chat_id'): ChatState {
  const given = call.parameters.text(parameter);
  if (given === undefined) throw badRequest('chat_id is empty');
  const chat = /^-?\d+$/.test(given) ? call.world.state.chats.get(Number(given)) : undefined;
  if (!chat) throw badRequest('chat not found');
  const { card } = chat;
  if (card.migratedTo !== undefined)
    throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: card.migratedTo });
  if (card.kind === 'private') {
    const isMet =
      card.isStarted || [...call.world.state.chats.values()].some(({ card: { members } }) => members.some(isPerson(card.id)));
    if (!isMet) throw badRequest('chat not found');
    return chat;
  }
  const group = card.kind === 'supergroup' ? 'supergroup chat' : 'group chat';
  if (card.bot.status === 'kicked') throw forbidden(`bot was kicked from the ${group}`);
  if (card.bot.status === 'left') throw forbidden(`bot is not a member of the ${group}`);
  return chat;
}

/** The same, if the bot may write there; counts `messages` for the limits. */
export function chatWhereBotWrites(call: ApiCall, messages = 1): ChatState {
  const chat = chatNamed(call);
  const { card } = chat;
  if (card.kind === 'private') {
    if (call.world.state.people.get(card.id)?.hasBlockedBot) throw forbidden('bot was blocked by the user');
    if (!card.isStarted) throw forbidden("bot can't initiate conversation with a user");
  }
  call.limits.take(card, messages);
  return chat;
}

/** The message that a call names; `what` is «message to edit» and the like. */
export function messageNamed(call: ApiCall, chat: ChatState, what: string): StoredMessage {
  const id = call.parameters.integer('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  return messageWithId(chat, id, what);
}

export function messageWithId(chat: ChatState, id: number, what: string): StoredMessage {
  const stored = chat.messages.get(id);
  if (!stored) throw badRequest(`${what} not found`);
  return stored;
}

export function mayBot(card: ChatCard, right: string): boolean {
  return card.bot.status === 'administrator' && !card.bot.lacks.includes(right);
}

export const isPerson =
  (personId: number) =>
  (member: { personId: number }): boolean =>
    member.personId === personId;
