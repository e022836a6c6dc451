/** What the journal holds: facts, each of which puts or takes away a whole thing, and the only code that changes the state. */
import type { BotCommand, MenuButton } from 'grammy/types';
import type { Demonstration, SandboxPerson, Sms } from '../protocol.ts';
import type { Later } from '../town/later.ts';
import type {
  BotAccount,
  ChatCard,
  PendingCheckout,
  PendingPress,
  QueuedUpdate,
  State,
  StoredFile,
  StoredMessage,
  WebhookSettings,
} from './state.ts';

export type Fact =
  | { fact: 'bot'; bot: BotAccount }
  | { fact: 'person'; person: SandboxPerson }
  | { fact: 'chat'; card: ChatCard }
  | { fact: 'message'; chatId: number; stored: StoredMessage }
  | { fact: 'messages-gone'; chatId: number; messageIds: number[] }
  | { fact: 'update'; queued: QueuedUpdate }
  | { fact: 'updates-gone'; updateIds: number[] }
  | { fact: 'allowed-updates'; kinds: readonly string[] | undefined }
  | { fact: 'webhook'; webhook: WebhookSettings | undefined }
  | { fact: 'file'; file: StoredFile }
  | { fact: 'sms'; sms: Sms }
  | { fact: 'press'; press: PendingPress }
  | { fact: 'press-gone'; id: string }
  | { fact: 'checkout'; checkout: PendingCheckout }
  | { fact: 'checkout-gone'; id: string }
  | { fact: 'commands'; scope: string; commands: readonly BotCommand[] }
  | { fact: 'menu-button'; menuButton: MenuButton }
  /** `isNamed`: by the operator, not by an upgrade. */
  | { fact: 'staff-chat'; chatId: number; isNamed?: boolean }
  | { fact: 'clock'; movedSeconds: number }
  | { fact: 'later'; later: Later }
  | { fact: 'demonstration'; demonstration: Demonstration }
  | { fact: 'counters'; lastMailboxId: number; lastUpdateId: number; lastFileNumber: number };

/** Makes the state what it is after the fact. */
export function apply(state: State, fact: Fact): void {
  switch (fact.fact) {
    case 'bot':
      state.bot = fact.bot;
      return;
    case 'person':
      state.people.set(fact.person.id, fact.person);
      state.lastPersonId = Math.max(state.lastPersonId, fact.person.id);
      return;
    case 'chat': {
      const known = state.chats.get(fact.card.id);
      if (known) known.card = fact.card;
      else state.chats.set(fact.card.id, { card: fact.card, messages: new Map() });
      if (fact.card.kind !== 'private') state.lastGroupId = Math.max(state.lastGroupId, groupNumber(fact.card));
      return;
    }
    case 'message': {
      const chat = state.chats.get(fact.chatId);
      if (!chat) return;
      const id = fact.stored.message.message_id;
      chat.messages.set(id, fact.stored);
      if (chat.card.kind !== 'supergroup') state.lastMailboxId = Math.max(state.lastMailboxId, id);
      else if (id > chat.card.lastMessageId) chat.card = { ...chat.card, lastMessageId: id };
      return;
    }
    case 'messages-gone':
      for (const id of fact.messageIds) state.chats.get(fact.chatId)?.messages.delete(id);
      return;
    case 'update':
      state.updates.set(fact.queued.update.update_id, fact.queued);
      state.lastUpdateId = Math.max(state.lastUpdateId, fact.queued.update.update_id);
      return;
    case 'updates-gone':
      for (const id of fact.updateIds) state.updates.delete(id);
      return;
    case 'allowed-updates':
      state.allowedUpdates = fact.kinds;
      return;
    case 'webhook':
      state.webhook = fact.webhook;
      return;
    case 'file':
      state.files.set(fact.file.fileId, fact.file);
      state.lastFileNumber += 1;
      return;
    case 'sms':
      state.sms.push(fact.sms);
      return;
    case 'press':
      state.presses.set(fact.press.callbackQueryId, fact.press);
      return;
    case 'press-gone':
      state.presses.delete(fact.id);
      return;
    case 'checkout':
      state.checkouts.set(fact.checkout.id, fact.checkout);
      return;
    case 'checkout-gone':
      state.checkouts.delete(fact.id);
      return;
    case 'commands':
      if (fact.commands.length > 0) state.commands.set(fact.scope, fact.commands);
      else state.commands.delete(fact.scope);
      return;
    case 'menu-button':
      state.menuButton = fact.menuButton;
      return;
    case 'staff-chat':
      state.staffChatId = fact.chatId;
      return;
    case 'clock':
      state.movedSeconds = fact.movedSeconds;
      return;
    case 'later':
      state.later = [...state.later, fact.later];
      return;
    case 'demonstration':
      state.demonstration = fact.demonstration;
      return;
    case 'counters':
      state.lastMailboxId = Math.max(state.lastMailboxId, fact.lastMailboxId);
      state.lastUpdateId = Math.max(state.lastUpdateId, fact.lastUpdateId);
      state.lastFileNumber = Math.max(state.lastFileNumber, fact.lastFileNumber);
      return;
  }
}

/** The shortest list of facts that makes this state: what compaction writes. */
export function factsOf(state: State): Fact[] {
  return [
    { fact: 'bot', bot: state.bot },
    ...[...state.people.values()].map((person): Fact => ({ fact: 'person', person })),
    ...[...state.files.values()].map((file): Fact => ({ fact: 'file', file })),
    ...[...state.chats.values()].flatMap(({ card, messages }): Fact[] => [
      { fact: 'chat', card },
      ...[...messages.values()].map((stored): Fact => ({ fact: 'message', chatId: card.id, stored })),
    ]),
    ...[...state.updates.values()].map((queued): Fact => ({ fact: 'update', queued })),
    ...(state.allowedUpdates ? [{ fact: 'allowed-updates', kinds: state.allowedUpdates } as const] : []),
    ...(state.webhook ? [{ fact: 'webhook', webhook: state.webhook } as const] : []),
    ...state.sms.map((sms): Fact => ({ fact: 'sms', sms })),
    ...[...state.presses.values()].map((press): Fact => ({ fact: 'press', press })),
    ...[...state.checkouts.values()].map((checkout): Fact => ({ fact: 'checkout', checkout })),
    ...[...state.commands].map(([scope, commands]): Fact => ({ fact: 'commands', scope, commands })),
    { fact: 'menu-button', menuButton: state.menuButton },
    { fact: 'staff-chat', chatId: state.staffChatId },
    { fact: 'clock', movedSeconds: state.movedSeconds },
    ...state.later.map((later): Fact => ({ fact: 'later', later })),
    ...(state.demonstration ? [{ fact: 'demonstration', demonstration: state.demonstration } as const] : []),
    {
      fact: 'counters',
      lastMailboxId: state.lastMailboxId,
      lastUpdateId: state.lastUpdateId,
      lastFileNumber: state.lastFileNumber,
    },
  ];
}

/** A supergroup's id is -100 followed by its number, a plain group's the number with a minus. */
function groupNumber(card: ChatCard): number {
  return card.kind === 'supergroup' ? -card.id - 1_000_000_000_000 : -card.id;
}
