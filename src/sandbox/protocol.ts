/**
 * What the sandbox's web page and its server say to each other.
 *
 * - `GET /sandbox/api/state` → `Snapshot`.
 * - `GET /sandbox/api/events` → server-sent events: `id` is a growing number, `data` is one `SandboxEvent` as JSON. Ask with `?after=<Snapshot.eventId>`
 *   first; a browser's own `Last-Event-ID` wins. An event `reset` says that the past is gone: fetch the snapshot again.
 * - `GET /sandbox/api/messages?chat=<id>&before=<messageId>[&thread=<id>]` → `OlderMessages`, at most 100, oldest first; of one topic, 0 for
 *   what stands outside of topics.
 * - `POST /sandbox/api/act` with an `Action` as JSON (`content-type: application/json`) → `ActionAnswer`.
 * - `POST /sandbox/api/town` with a `TownAction` as JSON → `TownAnswer`: what happens in the town, not on a phone; it may take seconds.
 * - `POST /sandbox/api/files?name=<file name>` with the bytes as body and their content type → `UploadAnswer`; the `fileId` goes into an action.
 * - `GET /sandbox/api/files/<file_id>` → the bytes, with the content type (`?download` adds `content-disposition: attachment`).
 *
 * Messages are the Bot API's own `Message` objects as the bot sees them; chats with the bot have the person's id.
 */
import type { BotCommand, ChatMember, KeyboardButton, Message, ReactionType } from 'grammy/types';

/** A person of the sandbox; `id` is a Telegram user id and the id of the private chat with the bot. */
export type SandboxPerson = {
  id: number;
  firstName: string;
  lastName?: string;
  username?: string;
  /** International, `+79123456789`: what «Поделиться номером» hands over. */
  phone: string;
  /** A resident is a person with a phone of the page; staff sit in the group and have a private chat as well. */
  role: 'resident' | 'staff';
  /** The person stopped the bot: it gets 403 until «Перезапустить». */
  hasBlockedBot: boolean;
  languageCode: string;
};

/** What an invoice may ask of the payer; Telegram's names. */
export type OrderDetail = 'name' | 'phone_number' | 'email';

/** A message as shown: the Bot API's object, and what a person sees besides. */
export type ShownMessage = {
  message: Message;
  /** What the bot has put under it. */
  reactions?: ReactionType[];
  /** What people have put under it, one each. */
  peopleReactions?: { personId: number; emoji: string }[];
  /** Sent with `disable_notification`: it comes without a sound. */
  isSilent?: boolean;
  /** Only for invoices: whether it was paid already. */
  invoice?: 'payable' | 'paid';
  /** Only for invoices: what the sum is made of. */
  prices?: { label: string; amount: number }[];
  /** Only for invoices: what the payer has to give besides the money. */
  asks?: OrderDetail[];
};

export type Topic = {
  threadId: number;
  name: string;
  iconColor: number;
  isClosed: boolean;
};

/** The keyboard below the input of one chat; absent when none was sent or it was removed. */
export type ReplyKeyboard = {
  rows: KeyboardButton[][];
  isPersistent: boolean;
  /** Hide it after the first press. */
  isOneTime: boolean;
  /** Fit its height to the buttons. */
  isResized: boolean;
  placeholder?: string;
};

export type GroupMember = {
  personId: number;
  status: ChatMember['status'];
  /** An administrator whose messages come in the group's name. */
  isAnonymous: boolean;
};

export type BotInGroup = {
  status: 'administrator' | 'member' | 'left' | 'kicked';
  /** Administrator's rights that it was not given, `can_manage_topics`. */
  lacks: string[];
};

/** A chat that the bot is in, or was. Private: `id` = person. */
export type ShownChat = {
  id: number;
  kind: 'private' | 'group' | 'supergroup';
  isForum: boolean;
  title: string;
  /** The person of a private chat. */
  personId?: number;
  /** Empty in private chats; the bot itself is not listed. */
  members: GroupMember[];
  /** What the bot is in a group; absent in private chats. */
  bot?: BotInGroup;
  /** Empty but in forums; «General» is not listed. */
  topics: Topic[];
  keyboard?: ReplyKeyboard;
  /** Commands of the «/» button here: `setMyCommands` for the narrowest scope. */
  commands: BotCommand[];
  /** What the menu button does. */
  menuButton: 'commands' | 'default' | 'web_app';
  /** Set on a group that became a supergroup: nothing can be written here any more. */
  migratedTo?: number;
  /** The newest, oldest first: 200, and in a forum 30 of each topic; more by `GET /sandbox/api/messages`. */
  messages: ShownMessage[];
  hasOlder: boolean;
};

/** An SMS that went out. */
export type Sms = { id: number; phone: string; text: string; sentAt: string };

/** Who is in the cabinet from the first day on, and what of the town is hers; `isDone`: she is in. */
export type Demonstration = { personId: number; accounts: readonly string[]; isDone: boolean };

/** A thing to try: what it is in a few words, and how. */
export type TownTip = { title: string; text: string };

/** What the made-up town offers to try. */
export type TownHints = {
  title: string;
  /** What this is, in a sentence or two. */
  about?: string;
  tips: TownTip[];
  accounts: TownAccount[];
  /** The day of the month on which readings begin to be taken. */
  readingsFromDay?: number;
};

export type TownAccount = {
  accountNumber: string;
  address: string;
  /** Sum of all payments in the last month that has any, kopecks; absent when there were none. */
  lastPaymentsKopecks?: number;
  /** That month, `YYYY-MM`. */
  lastPaymentsPeriod?: string;
  /** What this account is good for, one sentence. */
  note: string;
};

/** The sandbox's clock: the machine's time plus what the page has added. */
type SandboxClock = { now: string; movedSeconds: number };

export type Snapshot = {
  /** The last event that this snapshot already holds. */
  eventId: number;
  bot: { id: number; firstName: string; username: string; description: string; shortDescription: string };
  /** Whether somebody asks `getUpdates` or has set a webhook: the bot is alive. */
  botIsListening: boolean;
  people: SandboxPerson[];
  chats: ShownChat[];
  staffChatId: number;
  /** Oldest first. */
  sms: Sms[];
  town: TownHints;
  /** Absent where there is no town. */
  demonstration?: Demonstration;
  clock: SandboxClock;
  /** Buttons pressed and not yet answered. */
  pressedButtons: SandboxPress[];
};

export type SandboxPress = { callbackQueryId: string; personId: number; chatId: number; messageId: number; data: string };

export type SandboxEvent =
  | { type: 'reset' }
  | { type: 'person'; person: SandboxPerson }
  /** A chat is new, or anything about it but its messages changed (`messages` is empty, `hasOlder` false: keep yours). */
  | { type: 'chat'; chat: ShownChat }
  /** A message is new. */
  | { type: 'message'; chatId: number; shown: ShownMessage }
  /** A message changed: text, buttons, reaction, paid. */
  | { type: 'message-changed'; chatId: number; shown: ShownMessage }
  | { type: 'messages-deleted'; chatId: number; messageIds: number[] }
  | { type: 'topic-deleted'; chatId: number; threadId: number }
  /** Another group is the staff's now: named so by the operator (`isNamed`), or the same one upgraded. */
  | { type: 'staff-chat'; chatId: number; isNamed: boolean }
  /** «печатает…», «отправляет документ…»: show it for five seconds or until a message comes. */
  | { type: 'chat-action'; chatId: number; threadId?: number; action: string }
  | { type: 'button-pressed'; pressed: SandboxPress }
  /** Stop the spinner; a text is a toast, with `showAlert` a dialog. */
  | { type: 'button-answered'; callbackQueryId: string; personId: number; text?: string; showAlert: boolean; url?: string }
  /** The bot let a payment through or not; a checkout that is not answered within 10 s counts as refused. */
  | { type: 'payment'; personId: number; chatId: number; messageId: number; outcome: 'paid' | 'refused'; problem?: string }
  | { type: 'sms'; sms: Sms }
  | { type: 'town'; town: TownHints }
  | { type: 'demonstration'; demonstration: Demonstration }
  | { type: 'clock'; clock: SandboxClock }
  /** A registry of billing lay in the program's folder: it was taken in, turned away, or still lies there. */
  | { type: 'registry'; name: string; taken: 'taken' | 'refused' | 'waiting' }
  /** All of it goes, and a new town comes at this address. */
  | { type: 'start-anew' }
  | { type: 'bot'; bot: Snapshot['bot']; botIsListening: boolean };

/** `as` is the person who acts. */
type SaidBy = { as: number; chatId: number; threadId?: number; replyTo?: number };

export type SentFileKind = 'photo' | 'document' | 'sticker' | 'voice' | 'video' | 'audio' | 'animation' | 'video_note';

/** What a person can do. */
export type Action =
  /** «Новый житель»: a new Telegram account; without a phone or a name they are made up. */
  | { type: 'new-person'; firstName?: string; lastName?: string; username?: string; phone?: string; role?: SandboxPerson['role'] }
  | ({ type: 'send-text'; text: string } & SaidBy)
  | ({
      type: 'send-file';
      kind: SentFileKind;
      fileId: string;
      caption?: string;
      emoji?: string;
      durationSeconds?: number;
    } & SaidBy)
  /** 2–10 photos and videos, or documents only, or audios only. */
  | ({
      type: 'send-album';
      items: { kind: 'photo' | 'video' | 'document' | 'audio'; fileId: string; caption?: string }[];
    } & SaidBy)
  /** The person's own contact, as the «request_contact» button hands it over. */
  | ({ type: 'share-contact' } & SaidBy)
  /** Somebody's contact out of the address book; `userId` when that person is on Telegram. */
  | ({ type: 'send-contact'; phone: string; firstName: string; lastName?: string; userId?: number } & SaidBy)
  | ({ type: 'send-location'; latitude: number; longitude: number } & SaidBy)
  /** The text or the caption of one's own message. */
  | { type: 'edit-message'; as: number; chatId: number; messageId: number; text: string }
  | { type: 'delete-messages'; as: number; chatId: number; messageIds: number[] }
  | ({ type: 'forward'; fromChatId: number; messageIds: number[] } & SaidBy)
  | { type: 'press-button'; as: number; chatId: number; messageId: number; row: number; column: number }
  /** A button of the keyboard below the input: sends its text, the contact or the place. */
  | { type: 'press-keyboard'; as: number; chatId: number; row: number; column: number; threadId?: number }
  /** «Заплатить» → pre_checkout_query → paid or refused (event `payment`). */
  | {
      type: 'pay-invoice';
      as: number;
      chatId: number;
      messageId: number;
      tipKopecks?: number;
      /** What the invoice asks for. */
      details?: { [Detail in OrderDetail]?: string };
      /** The bank says no to the card, after the bot said yes. */
      isDeclined?: boolean;
    }
  | { type: 'react'; as: number; chatId: number; messageId: number; emoji?: string }
  | { type: 'block-bot'; as: number }
  | { type: 'unblock-bot'; as: number }
  /** Opens `https://t.me/<bot>?start=<payload>` and presses «Запустить»; without a payload it is a plain /start. */
  | { type: 'start-bot'; as: number; payload?: string }
  | { type: 'new-group'; as: number; title: string; kind: 'group' | 'supergroup' | 'forum'; botIs?: 'administrator' | 'member' }
  /** What `as`, an administrator, makes of somebody: `left` removes, `kicked` bans. `personId` of the bot works too. */
  | {
      type: 'set-member';
      as: number;
      chatId: number;
      personId: number;
      status: 'administrator' | 'member' | 'restricted' | 'left' | 'kicked';
      isAnonymous?: boolean;
      /** Of the bot as administrator: rights that it is not given, `can_manage_topics`. */
      lacks?: string[];
    }
  | { type: 'new-topic'; as: number; chatId: number; name: string }
  | {
      type: 'change-topic';
      as: number;
      chatId: number;
      threadId: number;
      change: 'close' | 'reopen' | 'delete' | { rename: string };
    }
  /** A plain group becomes a supergroup, with `migrate_to_chat_id`. */
  | { type: 'upgrade-group'; as: number; chatId: number; to: 'supergroup' | 'forum' }
  /** A supergroup gets topics, or loses them: its messages stay. */
  | { type: 'set-topics'; as: number; chatId: number; hasTopics: boolean }
  /** The operator names another group in `STAFF_CHAT_ID`; the bot follows. */
  | { type: 'set-staff-group'; chatId: number }
  /** Only forwards: what was written at a time has happened. */
  | { type: 'move-clock'; seconds: number }
  /** Back to the machine's time; what the bot wrote down meanwhile stays. */
  | { type: 'reset-clock' };

/** What happens in the town at a click; `as` is the person whose phone is open. */
export type TownAction = { type: 'charges' } | { type: 'payment'; as?: number } | { type: 'start-anew' };

/** `told` is a sentence for the page. */
export type TownAnswer = { ok: true; result: { told: string } } | { ok: false; description: string };

export type ActionAnswer = { ok: true; result: ActionResult } | { ok: false; description: string };

/** What came of it, as far as it applies. */
export type ActionResult = {
  messageIds?: number[];
  personId?: number;
  chatId?: number;
  threadId?: number;
  callbackQueryId?: string;
};

export type UploadAnswer = { ok: true; result: { fileId: string; size: number } } | { ok: false; description: string };

export type OlderMessages = { messages: ShownMessage[]; hasOlder: boolean };
