/** The state as the page sees it. */
import type { BotCommand } from 'grammy/types';
import type { SandboxEvent, ShownChat, ShownMessage, Snapshot } from '../protocol.ts';
import type { Fact } from './facts.ts';
import { without } from './present.ts';
import { aboutIn, type ChatCard, type ChatState, type State, type StoredMessage } from './state.ts';

const SHOWN_AT_ONCE = 200;
/** Of each topic, however long ago it was written in. */
const SHOWN_OF_TOPIC = 30;

/** What is shown, and the sandbox's time. */
type Seen = { readonly state: State; now(): Date };

/** What the page hears when this fact has been applied. */
export function eventsOf({ state, now }: Seen, fact: Fact, isKnown: boolean): SandboxEvent[] {
  switch (fact.fact) {
    case 'person':
      return [{ type: 'person', person: fact.person }];
    case 'chat':
      return [{ type: 'chat', chat: shownCard(state, fact.card) }];
    case 'message':
      return [{ type: isKnown ? 'message-changed' : 'message', chatId: fact.chatId, shown: shownMessage(fact.stored) }];
    case 'messages-gone':
      return [{ type: 'messages-deleted', chatId: fact.chatId, messageIds: fact.messageIds }];
    case 'sms':
      return [{ type: 'sms', sms: fact.sms }];
    case 'press':
      return [{ type: 'button-pressed', pressed: without(fact.press, 'pressedAt') }];
    case 'clock':
      return [{ type: 'clock', clock: { now: now().toISOString(), movedSeconds: fact.movedSeconds } }];
    case 'commands':
    case 'menu-button':
      return [...state.chats.values()].map(({ card }) => ({ type: 'chat', chat: shownCard(state, card) }));
    case 'demonstration':
      return [{ type: 'demonstration', demonstration: fact.demonstration }];
    case 'staff-chat':
      return [{ type: 'staff-chat', chatId: fact.chatId, isNamed: fact.isNamed === true }];
    // What the page does not show, or hears of in another way.
    case 'bot':
    case 'update':
    case 'updates-gone':
    case 'allowed-updates':
    case 'webhook':
    case 'file':
    case 'press-gone':
    case 'checkout':
    case 'checkout-gone':
    case 'later':
    case 'counters':
      break;
  }
  return [];
}

/** All that the page shows, at one moment: `eventId` is the last event that is in it. */
export function snapshot({ state, now }: Seen, eventId: number, botIsListening: boolean): Snapshot {
  return {
    eventId,
    bot: shownBot(state),
    botIsListening,
    people: [...state.people.values()],
    chats: [...state.chats.values()].map((chat) => shownChat(state, chat)),
    staffChatId: state.staffChatId,
    sms: state.sms,
    town: state.town,
    ...(state.demonstration ? { demonstration: state.demonstration } : {}),
    clock: { now: now().toISOString(), movedSeconds: state.movedSeconds },
    pressedButtons: [...state.presses.values()].map((press) => without(press, 'pressedAt')),
  };
}

export function shownBot({ bot }: State): Snapshot['bot'] {
  const { id, firstName, username } = bot;
  // Everybody here reads Russian.
  return { id, firstName, username, ...aboutIn(bot, 'ru') };
}

/** At most 100 messages before this one, oldest first; `threadId` 0 is outside of topics, undefined is the whole chat. */
export function olderMessages(
  chat: ChatState,
  before: number,
  threadId: number | undefined,
): { messages: ShownMessage[]; hasOlder: boolean } {
  const older = [...chat.messages.values()].filter(
    (stored) => stored.message.message_id < before && (threadId === undefined || topicOf(stored) === threadId),
  );
  return { messages: older.slice(-100).map(shownMessage), hasOlder: older.length > 100 };
}

function shownChat(state: State, chat: ChatState): ShownChat {
  const all = [...chat.messages.values()];
  const messages = chat.card.isForum ? newestOfForum(all) : all.slice(-SHOWN_AT_ONCE);
  return { ...shownCard(state, chat.card), messages: messages.map(shownMessage), hasOlder: messages.length < all.length };
}

/** The newest of all, and of each topic its own: a quiet topic is shown, too. */
function newestOfForum(all: readonly StoredMessage[]): StoredMessage[] {
  const shownOf = new Map<number, number>();
  return all
    .toReversed()
    .filter((stored, age) => {
      const topic = topicOf(stored);
      const shown = shownOf.get(topic) ?? 0;
      shownOf.set(topic, shown + 1);
      return age < SHOWN_AT_ONCE || shown < SHOWN_OF_TOPIC;
    })
    .toReversed();
}

/** 0 outside of topics and in «General». */
const topicOf = ({ message }: StoredMessage): number => (message.is_topic_message ? (message.message_thread_id ?? 0) : 0);

function shownCard(state: State, card: ChatCard): ShownChat {
  const menuButton = card.menuButton ?? state.menuButton;
  return {
    id: card.id,
    kind: card.kind,
    isForum: card.isForum,
    title: card.title,
    ...(card.personId === undefined ? {} : { personId: card.personId }),
    members: [...card.members],
    ...(card.kind === 'private' ? {} : { bot: { status: card.bot.status, lacks: [...card.bot.lacks] } }),
    topics: [...card.topics],
    ...(card.keyboard === undefined ? {} : { keyboard: card.keyboard }),
    commands: commandsShownIn(state, card),
    menuButton: menuButton.type,
    ...(card.migratedTo === undefined ? {} : { migratedTo: card.migratedTo }),
    messages: [],
    hasOlder: false,
  };
}

export function shownMessage(stored: StoredMessage): ShownMessage {
  const shown: ShownMessage = without(stored, 'sale');
  if (!stored.sale || !shown.invoice) return shown;
  const { prices, asks } = stored.sale;
  return { ...shown, prices: prices.map((price) => ({ ...price })), ...(asks ? { asks: [...asks] } : {}) };
}

/** The narrowest scope that has commands, in Russian first. */
function commandsShownIn(state: State, card: ChatCard): BotCommand[] {
  const kind = card.kind === 'private' ? 'all_private_chats' : 'all_group_chats';
  for (const scope of [`chat:${card.id}`, kind, 'default'])
    for (const language of ['ru', '']) {
      const commands = state.commands.get(`${scope}|${language}`);
      if (commands) return [...commands];
    }
  return [];
}
