import type { BotAddress } from '../../domain/bot-address.ts';
import type { MessageRef } from '../../office/staff/message-part.ts';
import type { Invoice } from '../../office/money/payments.ts';
import type { Paper, SecretPaper } from '../../papers/paper.ts';
import type { Buttons, Keyboard } from './keyboard.ts';
import type { MessagePlace } from './letter.ts';
import type { InvoiceTexts, TextArgs } from './scene.ts';

/**
 * What of an answer did not reach the person. `away`: the messenger did not take it now, and may in so many seconds: the letter had better come
 * again, from the dialog's state before it. `refused`: nobody is there who could be told (he has blocked the bot), or it will never be taken.
 */
export type Unsaid = { outcome: 'nothing' | 'refused' } | { outcome: 'away'; seconds: number };

/** What a messenger may lack, known before it is tried: the engine has another way for each. */
export type Powers = {
  /** A button by which a person shares the number of this very account; without it the number is typed. */
  sharesContact: boolean;
  /** Takes a person's message out of the chat; without it the person is asked to. */
  deletesLetters: boolean;
  /** Changes a message of ours where it stands; without it, it is said anew. */
  changesMessages: boolean;
  /** Takes a message of ours out of the chat; without it, what is said anew stands below it. */
  takesBack: boolean;
  /** Invoices that are paid where they stand; without them the chapter has its other ways. */
  sendsInvoices: boolean;
  /** Buttons that put a text into the clipboard; without them it is copied out of the message. */
  copiesText: boolean;
  /** Keeps a list of commands for each chat; without it the menu is there all the same. */
  offersCommands: boolean;
  /** Places on the map; without them, their names and addresses. */
  showsPlaces: boolean;
};

/** The mouth of the bot in one chat during one letter. Nothing of it throws: what could not be said is reported, and the dialog goes on. */
export type Voice = {
  powers: Powers;
  /** By which people find it. */
  bot: BotAddress;
  /** No larger file of what people send can be had. */
  largestFileBytes: number;
  /** What is wanting of all that was to be said so far. Once the messenger is away nothing more is tried. */
  unsaid: () => Unsaid;
  /** The place in the chat of the newest message that was said or changed. */
  lastSaid: () => MessagePlace | undefined;
  /** A text by its name. False when it did not arrive as far as we know. */
  say: (text: string, words: TextArgs, keyboard?: Keyboard) => Promise<boolean>;
  /** Like `say`, in place of the message at a place; else of that under the door that was pressed, where that door replaces and nothing was shown yet. */
  show: (text: string, words: TextArgs, buttons?: Buttons, place?: MessagePlace) => Promise<boolean>;
  /** A paper with a text under it; where it cannot be sent, that is said, with the text. False then. Throws when it cannot be drawn. */
  hand: (paper: Paper, text: string, words: TextArgs, buttons?: Buttons) => Promise<boolean>;
  /** A paper of which nothing is kept, sent once. Where it stands; null when it surely, or perhaps, did not arrive. Throws when it cannot be drawn. */
  handSecret: (paper: SecretPaper, text: string, words: TextArgs) => Promise<MessageRef | null>;
  /** An invoice. False when it did not arrive as far as we know. */
  invoice: (invoice: Invoice, texts: InvoiceTexts, words: TextArgs) => Promise<boolean>;
  /** A place on the map; in words where that is not taken. */
  showPlace: (place: Place) => Promise<void>;
  /** Takes the message that is being answered out of the chat; false when it is still there. */
  deleteMessage: () => Promise<boolean>;
  /** Ends the clock on a pressed button, with a word when there is something to say: as a message where it is too late for that. */
  answerPress: (text?: string) => Promise<void>;
  /** Replaces the buttons under the pressed message, or under the one at a place; none: takes them away. False when they are as they were. */
  replaceButtons: (buttons?: Buttons, place?: MessagePlace) => Promise<boolean>;
  /** Puts back what buttons the pressed message had. False when nothing was pressed, or they cannot be put back. */
  restoreButtons: () => Promise<boolean>;
  /** Takes a message of ours out of the chat; false when it is still there. */
  takeBack: (place: MessagePlace) => Promise<boolean>;
  /** The commands that the messenger offers in this chat; undefined: those of everybody. */
  offerCommands: (commands?: readonly OfferedCommand[]) => Promise<void>;
  /** A text as a label: plain, as it is read. */
  label: (text: string, words?: TextArgs) => string;
};

/** A command without its sign, and what stands beside it. */
export type OfferedCommand = { command: string; description: string };

export type Place = { latitude: number; longitude: number; title: string; address: string };
