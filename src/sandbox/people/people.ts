/** Who acts and where; what an act may answer when it cannot be. */
import { isPerson } from '../bot-api/access.ts';
import { isAdministrator, isInside } from '../bot-api/membership.ts';
import { ANONYMOUS_BOT, type Author } from '../bot-api/posting.ts';
import { type ChatCard, type ChatState, cardAsChat, personAsUser, type StoredMessage } from '../bot-api/state.ts';
import type { World } from '../bot-api/world.ts';
import type { GroupMember, SandboxPerson } from '../protocol.ts';

/** Why a person cannot do this, in a sentence for the page. */
export class ActRefusal extends Error {}

export function sandboxPersonOf(world: World, personId: number): SandboxPerson {
  const person = world.state.people.get(personId);
  if (!person) throw new ActRefusal('Такого человека нет');
  return person;
}

export function chatAt(world: World, chatId: number): ChatState {
  const chat = world.state.chats.get(chatId);
  if (!chat) throw new ActRefusal('Такого чата нет');
  if (chat.card.migratedTo !== undefined) throw new ActRefusal('Группа стала супергруппой: пишите в неё');
  return chat;
}

/** The chat, when this person sees it: the own private one, or a group with this person in it. */
export function chatSeenBy(world: World, personId: number, chatId: number): ChatState {
  const person = sandboxPersonOf(world, personId);
  const chat = chatAt(world, chatId);
  if (chat.card.kind === 'private' && chat.card.id !== person.id) throw new ActRefusal('Это чат другого человека');
  if (chat.card.kind !== 'private' && !isInGroup(chat.card, personId)) throw new ActRefusal('Этого человека нет в группе');
  return chat;
}

/** The same, when the person may write there, in this topic. */
export function chatWherePersonWrites(world: World, personId: number, chatId: number, threadId?: number): ChatState {
  const chat = chatSeenBy(world, personId, chatId);
  if (chat.card.kind === 'private') {
    if (sandboxPersonOf(world, personId).hasBlockedBot) throw new ActRefusal('Бот остановлен: сначала перезапустите его');
    return chat;
  }
  const member = memberAt(chat.card, personId);
  if (member?.status === 'restricted') throw new ActRefusal('Этому участнику нельзя писать в группе');
  const isClosed = threadId !== undefined && topicAt(chat.card, threadId).isClosed;
  if (isClosed && !(member && isAdministrator(member))) throw new ActRefusal('Тема закрыта: писать в неё могут администраторы');
  return chat;
}

/** As whom a message of this person comes: an anonymous administrator's in the group's name. */
export function authorIn(world: World, chat: ChatState, personId: number): Author {
  const member = memberAt(chat.card, personId);
  if (member?.isAnonymous && isAdministrator(member))
    return { from: ANONYMOUS_BOT, senderChat: cardAsChat(world.state, chat.card) };
  return { from: personAsUser(sandboxPersonOf(world, personId)) };
}

/** Written by this person; what came in the group's name belongs to its anonymous administrators. */
export function isBy(chat: ChatState, { message }: StoredMessage, personId: number): boolean {
  if (message.from?.id === personId) return true;
  return message.from?.id === ANONYMOUS_BOT.id && memberAt(chat.card, personId)?.isAnonymous === true;
}

export function messageAt(chat: ChatState, messageId: number): StoredMessage {
  const stored = chat.messages.get(messageId);
  if (!stored) throw new ActRefusal('Этого сообщения уже нет');
  return stored;
}

export function topicAt(card: ChatCard, threadId: number): ChatCard['topics'][number] {
  const topic = card.topics.find((one) => one.threadId === threadId);
  if (!topic) throw new ActRefusal('Такой темы нет');
  return topic;
}

export const memberAt = (card: ChatCard, personId: number): GroupMember | undefined => card.members.find(isPerson(personId));

export function requireAdministrator(card: ChatCard, personId: number): void {
  const member = memberAt(card, personId);
  if (!member || !isAdministrator(member)) throw new ActRefusal('Это могут только администраторы группы');
}

function isInGroup(card: ChatCard, personId: number): boolean {
  const member = memberAt(card, personId);
  return member !== undefined && isInside(member);
}
