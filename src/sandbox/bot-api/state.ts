/** Everything that the sandbox remembers. Objects in it are replaced, never changed. */
import type { BotCommand, Chat, LabeledPrice, MenuButton, OrderInfo, Update, User } from 'grammy/types';
import type { Later } from '../town/later.ts';
import type {
  BotInGroup,
  Demonstration,
  GroupMember,
  OrderDetail,
  SandboxPerson,
  SandboxPress,
  ReplyKeyboard,
  ShownMessage,
  Sms,
  Topic,
  TownHints,
} from '../protocol.ts';

export type BotAccount = {
  id: number;
  token: string;
  firstName: string;
  username: string;
  /** What it says of itself in a language, where that is not what it says to everybody. */
  inLanguages?: Readonly<Record<string, Partial<BotAbout>>>;
} & BotAbout;

/** What stands in the empty chat, and on the bot's own page. */
export type BotAbout = { description: string; shortDescription: string };

/** What the bot says of itself in this language; nothing of its own is what it says to everybody. */
export function aboutIn({ description, shortDescription, inLanguages }: BotAccount, language: string): BotAbout {
  const own = inLanguages?.[language];
  return { description: own?.description || description, shortDescription: own?.shortDescription || shortDescription };
}

/** What an invoice message sells. */
export type Sale = {
  title: string;
  description: string;
  payload: string;
  providerToken: string;
  currency: string;
  prices: readonly LabeledPrice[];
  totalAmount: number;
  maxTipAmount: number;
  asks?: readonly OrderDetail[];
  /** Absent: forwarded copies can be paid by anyone, repeatedly. */
  startParameter?: string;
};

/** A message with what only the sandbox knows of it. */
export type StoredMessage = ShownMessage & { sale?: Sale };

export type BotMembership = { status: BotInGroup['status']; lacks: readonly string[] };

/** A chat without its messages. */
export type ChatCard = {
  id: number;
  kind: 'private' | 'group' | 'supergroup';
  isForum: boolean;
  title: string;
  personId?: number;
  /** Private: the person has written at least once; before that the bot may not write. */
  isStarted: boolean;
  bot: BotMembership;
  members: readonly GroupMember[];
  topics: readonly Topic[];
  keyboard?: ReplyKeyboard;
  menuButton?: MenuButton;
  migratedTo?: number;
  migratedFrom?: number;
  /** Supergroups count their messages themselves. */
  lastMessageId: number;
};

export type ChatState = { card: ChatCard; messages: Map<number, StoredMessage> };

export type StoredFile = {
  fileId: string;
  uniqueId: string;
  kind: 'photo' | 'document' | 'sticker' | 'voice' | 'video' | 'audio' | 'animation' | 'video_note' | 'thumbnail';
  /** As `getFile` names it: `documents/file_3.pdf`; a path below the folder of files. */
  path: string;
  name: string;
  mime: string;
  size: number;
  width?: number;
  height?: number;
};

export type WebhookSettings = {
  url: string;
  secretToken?: string;
  maxConnections: number;
  ipAddress?: string;
};

/** A button press that waits for `answerCallbackQuery`. */
export type PendingPress = SandboxPress & { pressedAt: number };

/** «Заплатить» that waits for `answerPreCheckoutQuery`; times in Unix seconds. */
export type PendingCheckout = {
  id: string;
  personId: number;
  chatId: number;
  messageId: number;
  sale: Sale;
  totalAmount: number;
  details?: OrderInfo;
  /** The bank will refuse the card. */
  isDeclined?: boolean;
  askedAt: number;
};

/** What waits for the bot; `queue` is the chat or person within which the order is kept. */
export type QueuedUpdate = { update: Update; queue: string; queuedAt: number };

export type State = {
  bot: BotAccount;
  people: Map<number, SandboxPerson>;
  chats: Map<number, ChatState>;
  /** Private chats and plain groups share one count of messages. */
  lastMailboxId: number;
  lastPersonId: number;
  lastGroupId: number;
  updates: Map<number, QueuedUpdate>;
  lastUpdateId: number;
  /** Undefined: all kinds but those that have to be asked for. */
  allowedUpdates: readonly string[] | undefined;
  webhook: WebhookSettings | undefined;
  files: Map<string, StoredFile>;
  lastFileNumber: number;
  sms: Sms[];
  presses: Map<string, PendingPress>;
  checkouts: Map<string, PendingCheckout>;
  /** By scope and language: `default|`, `chat:7|ru`. */
  commands: Map<string, readonly BotCommand[]>;
  menuButton: MenuButton;
  staffChatId: number;
  movedSeconds: number;
  /** What came to the town after its registries were written. */
  later: readonly Later[];
  /** Absent where there is no town. */
  demonstration?: Demonstration;
  town: TownHints;
};

export function emptyState(bot: BotAccount): State {
  return {
    bot,
    people: new Map(),
    chats: new Map(),
    lastMailboxId: 0,
    lastPersonId: 700_000_000,
    lastGroupId: 2_000_000_000,
    updates: new Map(),
    lastUpdateId: 0,
    allowedUpdates: undefined,
    webhook: undefined,
    files: new Map(),
    lastFileNumber: 0,
    sms: [],
    presses: new Map(),
    checkouts: new Map(),
    commands: new Map(),
    menuButton: { type: 'default' },
    staffChatId: 0,
    movedSeconds: 0,
    later: [],
    town: { title: '', tips: [], accounts: [] },
  };
}

export function personAsUser(person: SandboxPerson): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person.username === undefined ? {} : { username: person.username }),
    language_code: person.languageCode,
  };
}

export const botAsUser = (bot: BotAccount): User => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.firstName,
  username: bot.username,
});

/** The chat as it stands in a message. */
export function cardAsChat(state: State, card: ChatCard): Exclude<Chat, Chat.ChannelChat> {
  if (card.kind === 'group') return { id: card.id, type: 'group', title: card.title };
  if (card.kind === 'supergroup')
    return { id: card.id, type: 'supergroup', title: card.title, ...(card.isForum ? { is_forum: true as const } : {}) };
  const person = state.people.get(card.id);
  return {
    id: card.id,
    type: 'private',
    first_name: person?.firstName ?? card.title,
    ...(person?.lastName === undefined ? {} : { last_name: person.lastName }),
    ...(person?.username === undefined ? {} : { username: person.username }),
  };
}
