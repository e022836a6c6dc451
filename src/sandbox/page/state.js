/** @import { SandboxPress, SandboxEvent, ShownChat, ShownMessage, Snapshot } from '../protocol.ts' */

/**
 * What the page knows; `whole` are the places whose oldest messages are here. Objects inside are replaced, never changed, so that an unchanged object is an unchanged drawing.
 * @typedef {Omit<Snapshot, 'chats' | 'people' | 'eventId'> & {
 *   people: Map<number, Snapshot['people'][number]>,
 *   chats: Map<number, ShownChat>,
 *   actions: Map<string, { action: string, until: number }>,
 *   isLinked: boolean,
 *   whole: Set<string>,
 * }} State
 */

/** How long «печатает…» stands, as Telegram's clients show it. */
const CHAT_ACTION_MS = 5000;

/** @param {number} chatId @param {number} threadId 0 is outside topics @returns {string} */
export const placeKey = (chatId, threadId) => (threadId === 0 ? String(chatId) : `${chatId}:${threadId}`);

/** @param {ShownMessage} shown @returns {number} the topic that it stands in; 0 outside of topics and in «General» */
export const threadOf = ({ message }) => (message.is_topic_message ? (message.message_thread_id ?? 0) : 0);

/**
 * @param {Snapshot} snapshot
 * @returns {State}
 */
export function fromSnapshot(snapshot) {
  return {
    ...snapshot,
    people: new Map(snapshot.people.map((person) => [person.id, person])),
    chats: new Map(snapshot.chats.map((chat) => [chat.id, chat])),
    actions: new Map(),
    isLinked: true,
    whole: new Set(),
  };
}

/**
 * Takes one event in.
 * @param {State} state
 * @param {SandboxEvent} event
 * @param {number} nowMs for how long «печатает…» stands
 */
export function take(state, event, nowMs) {
  switch (event.type) {
    case 'person':
      state.people.set(event.person.id, event.person);
      return;
    case 'chat': {
      const known = state.chats.get(event.chat.id);
      state.chats.set(event.chat.id, known ? { ...event.chat, messages: known.messages, hasOlder: known.hasOlder } : event.chat);
      return;
    }
    case 'message':
      state.actions.delete(placeKey(event.chatId, threadOf(event.shown)));
      changeMessages(state, event.chatId, (messages) => [
        ...messages.filter((one) => one.message.message_id !== event.shown.message.message_id),
        event.shown,
      ]);
      return;
    case 'message-changed':
      changeMessages(state, event.chatId, (messages) =>
        messages.map((one) => (one.message.message_id === event.shown.message.message_id ? event.shown : one)),
      );
      return;
    case 'messages-deleted': {
      const gone = new Set(event.messageIds);
      changeMessages(state, event.chatId, (messages) => messages.filter((one) => !gone.has(one.message.message_id)));
      state.pressedButtons = state.pressedButtons.filter((one) => one.chatId !== event.chatId || !gone.has(one.messageId));
      return;
    }
    case 'topic-deleted': {
      changeMessages(state, event.chatId, (messages) => messages.filter((one) => threadOf(one) !== event.threadId));
      const chat = state.chats.get(event.chatId);
      if (chat) state.chats.set(chat.id, { ...chat, topics: chat.topics.filter((one) => one.threadId !== event.threadId) });
      return;
    }
    case 'staff-chat':
      state.staffChatId = event.chatId;
      return;
    case 'chat-action':
      state.actions.set(placeKey(event.chatId, event.threadId ?? 0), { action: event.action, until: nowMs + CHAT_ACTION_MS });
      return;
    case 'button-pressed':
      state.pressedButtons = [...state.pressedButtons, event.pressed];
      return;
    case 'button-answered':
      state.pressedButtons = state.pressedButtons.filter((one) => one.callbackQueryId !== event.callbackQueryId);
      return;
    case 'sms':
      state.sms = [...state.sms.filter((one) => one.id !== event.sms.id), event.sms];
      return;
    case 'town':
      state.town = event.town;
      return;
    case 'clock':
      state.clock = event.clock;
      return;
    case 'demonstration':
      state.demonstration = event.demonstration;
      return;
    case 'bot':
      state.bot = event.bot;
      state.botIsListening = event.botIsListening;
      return;
    case 'payment':
    case 'registry':
    case 'start-anew':
    case 'reset':
      return;
  }
}

/**
 * @param {State} state
 * @param {number} chatId
 * @param {(messages: ShownMessage[]) => ShownMessage[]} change
 */
function changeMessages(state, chatId, change) {
  const chat = state.chats.get(chatId);
  if (chat) state.chats.set(chatId, { ...chat, messages: change(chat.messages) });
}

/**
 * Puts older messages before those that are known.
 * @param {State} state
 * @param {number} chatId
 * @param {ShownMessage[]} older
 */
export function takeOlder(state, chatId, older) {
  const chat = state.chats.get(chatId);
  if (!chat) return;
  const known = new Set(chat.messages.map((one) => one.message.message_id));
  const messages = [...older.filter((one) => !known.has(one.message.message_id)), ...chat.messages];
  messages.sort((one, other) => one.message.message_id - other.message.message_id);
  state.chats.set(chatId, { ...chat, messages });
}

/** @param {State} state @param {number} chatId @param {number} threadId @returns {ShownMessage[]} */
export function messagesOf(state, chatId, threadId) {
  const chat = state.chats.get(chatId);
  if (!chat) return [];
  return chat.isForum ? chat.messages.filter((one) => threadOf(one) === threadId) : chat.messages;
}

/**
 * Whether `viewerId` wrote it; the words of an anonymous administrator are the group's.
 * @param {ShownChat | undefined} chat
 * @param {ShownMessage} shown
 * @param {number} viewerId
 */
export function isOwn(chat, { message }, viewerId) {
  if (message.sender_chat && message.sender_chat.id === chat?.id) {
    return chat.members.some((member) => member.personId === viewerId && member.isAnonymous);
  }
  return message.from?.id === viewerId;
}

/** @param {State} state @param {number} viewerId @param {number} chatId @param {number} messageId @returns {SandboxPress[]} */
export const pressedOn = (state, viewerId, chatId, messageId) =>
  state.pressedButtons.filter((one) => one.personId === viewerId && one.chatId === chatId && one.messageId === messageId);
