import type { InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types';
import type { MessageRef } from '../../office/desk/message-part.ts';
import type { Invoice } from '../../office/payments.ts';
import type { Paper, SecretPaper } from '../../papers/paper.ts';
import type { Doors, InvoiceTexts, Words } from './scene.ts';

export type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove;

/**
 * What of an answer did not reach the person. `away`: Telegram did not take it now, and may in so many seconds: the update had better come
 * again, from the dialog's state before it. `refused`: nobody is there who could be told (he has blocked the bot), or it will never be taken.
 */
export type Unsaid = { outcome: 'nothing' | 'refused' } | { outcome: 'away'; seconds: number };

/** The mouth of the bot in one chat during one update. Nothing of it throws: what could not be said is reported, and the dialog goes on. */
export type Voice = {
  /** The bot's own name, by which people find it: `inkomus_bot`. */
  botName: string;
  /** What is wanting of all that was to be said so far. Once Telegram is away nothing more is tried. */
  unsaid: () => Unsaid;
  /** The newest message that was said or changed, as the messenger numbers it. */
  lastSaid: () => number | undefined;
  /** A text by its name. False when it did not arrive as far as we know. */
  say: (text: string, words: Words, markup?: Markup) => Promise<boolean>;
  /** Like `say`, in place of the message under the door that was pressed, where that door turns and nothing was shown yet. */
  show: (text: string, words: Words, markup?: InlineKeyboardMarkup) => Promise<boolean>;
  /** A paper with a text under it; where it cannot be sent, that is said, with the text. False then. Throws when it cannot be drawn. */
  hand: (paper: Paper, text: string, words: Words, markup?: InlineKeyboardMarkup) => Promise<boolean>;
  /** A paper of which nothing is kept, sent once. Where it stands; null when it surely, or perhaps, did not arrive. Throws when it cannot be drawn. */
  handSecret: (paper: SecretPaper, text: string, words: Words) => Promise<MessageRef | null>;
  /** An invoice. False when it did not arrive as far as we know. */
  invoice: (invoice: Invoice, texts: InvoiceTexts, words: Words) => Promise<boolean>;
  /** A place on the map; in words where that is not taken. */
  showPlace: (place: { latitude: number; longitude: number; title: string; address: string }) => Promise<void>;
  /** Takes the message that is being answered out of the chat; false when it is still there. */
  deleteMessage: () => Promise<boolean>;
  /** Ends the clock on a pressed button, with a word when there is something to say: as a message where it is too late for that. */
  answerPress: (text?: string) => Promise<void>;
  /** Replaces the buttons under the pressed message; none: takes them away. False when they are as they were. */
  replaceButtons: (markup?: InlineKeyboardMarkup) => Promise<boolean>;
  /** A text as a label (no escaping). */
  label: (text: string, words?: Words) => string;
  /** Buttons that open chapters. */
  doors: (doors: Doors) => InlineKeyboardMarkup;
};
