/*
 * The words of the engine, each where it is declared:
 * - letter (`letter.ts`): what a person did in the chat, as the channel of a messenger has read it: words, a press, a photo, a contact;
 * - voice (`voice.ts`): how the bot answers there, with the powers that the messenger has; a channel fulfils it;
 * - scene (`Scene`, below): the verbs of a chapter (`say`, `ask`, `choose`, `office.…`) for one run of it;
 * - door (`Door`, below): a button that opens a chapter;
 * - turn: one process has the chat, by a lease, and works off one letter (`Turn` of `adapters/turns/turns.ts`); `DialogTurn` (`turn.ts`) is
 *   what of it the dialog gets;
 * - visit (`reception/visit.ts`): one update of one person from the taking of its turn to the end of it; its visitor is whoever it is from.
 */
import type { Phrase, TextArgs } from '../../domain/text-args.ts';
import type { z } from 'zod';
import type { BotAddress } from '../../domain/bot-address.ts';
import type { ChapterDoor, ChapterName } from '../../domain/doors.ts';
import type { MessageRef, MessagePart } from '../../office/staff/message-part.ts';
import type { StaffCaller } from '../../office/staff/staff.ts';
import type { Plain } from '../../office/idempotent.ts';
import type { Invoice } from '../../office/money/payments.ts';
import type { ListLayout } from './keyboard.ts';
import type { Paper, SecretPaper } from '../../papers/paper.ts';

export type { Phrase, TextArgs } from '../../domain/text-args.ts';

/**
 * A chapter. It is run from its top at each message of the resident, with what was answered before put in its place, so between two
 * questions it must be a function of the answers alone: no `Date`, no `Math.random`, no variable outside of it.
 * `ref` is what the button that opened it carries (an opaque id; the office checks whose it is).
 */
export type Dialog<Office> = (scene: Scene<Office>, ref: string) => Promise<unknown>;

/**
 * A button that opens a chapter from anywhere and at any time. `ref` is the client's word: the office checks whose it is. One that `turns`
 * opens it in place: what the chapter says first by `show` replaces the message under which the button stands.
 */
export type Door = ChapterDoor & { label: string; words?: TextArgs; replaces?: true };

/** A button that copies a text (256 characters at most), which stands in the message, too: not every messenger has such buttons. */
export type CopyButton = { label: string; words?: TextArgs; copies: Phrase };

/** A button that opens an address outside of the messenger. */
export type AddressButton = { label: string; words?: TextArgs; address: string };

type DoorButton = Door | CopyButton | AddressButton;

/** A row of its own each, or several in one. */
export type Doors = readonly (DoorButton | readonly DoorButton[])[];

/** A picture in the messenger's keeping: by which handle it is got, and what tells it from others. */
export type Photo = { file: string; unique: string };

/** A file in the messenger's keeping: by which handle it is got, its sender's name for it, its size where that is told. */
export type SentFile = { file: string; name: string; bytes: number | null };

/** The texts of an invoice, a few words and a sentence: the channel cuts what is longer than its messenger takes; and of its line for an account (words: `account`). */
export type InvoiceTexts = { title: string; about: string; line: string };

/** How a question is left by «Отмена»: what is said in place of «Отменено»; null: nothing, as nothing was begun or all is done. */
export type Leaving = { left?: string | null | undefined };

export type QuestionOptions<K extends string> = Leaving & {
  words?: TextArgs;
  /** Why the same is asked again: said in one message with the question. A question for a secret takes the place of the former one. */
  because?: Phrase | undefined;
  /** Buttons under the question, besides «Отмена»: the names of texts, `button-<key>`. Their words may be typed, too. */
  buttons?: readonly K[];
  /** How many characters may be typed; 1000 when it is not said. */
  longest?: number;
  /** Any words are an answer here: those that mean a section of the cabinet lead there all the same. */
  sectionsToo?: boolean;
};

/**
 * A choice whose label is data, or data put into words. Typed, `also` are as good as the label, and so are the names in the text `spoken`, with `;`
 * between them; what is none of them may still `mean` it, where it means no other one.
 */
export type Option = {
  key: string;
  label: string | Phrase;
  also?: readonly string[];
  spoken?: string;
  means?: (typed: string) => boolean;
};

/**
 * `misfits`: what is said where several fit what was typed (`count`), or none of many; of accounts where it is not said. `places: false`: a number
 * that is typed is no place in the list.
 */
export type PickHow = Leaving & { layout?: ListLayout; misfits?: { several: string; none: string }; places?: false };

/** What stands under a question that collects messages. */
export type CollectOptions<K extends string> = QuestionOptions<K> & {
  buttons: readonly K[];
  /** Choices besides the buttons. */
  options?: readonly Option[];
  /** Said when another message was taken, with the same buttons. */
  more: string;
  /** What is there from the beginning. */
  brought?: readonly MessagePart[];
  /** So many messages there must be; 1. */
  least?: 0 | 1;
  /** The first message ends it, and nothing is picked then: `''`. */
  untilFirst?: boolean;
  /** The words of `more`. */
  moreWords?: TextArgs;
};

/** Where a question has no buttons, none can be pressed. */
export type Pressed<K extends string> = [K] extends [never] ? never : { pressed: K };

export type HandSecret = (paper: SecretPaper, text: string, words?: TextArgs) => Promise<MessageRef | null>;

/** All a dialog can do. It never sees a `ctx`, a `conversation` or an update. */
export type Scene<Office> = {
  /** By which people find it in the messenger. */
  bot: BotAddress;
  /** The messenger hands us no larger file. */
  largestFileBytes: number;
  /** Says a text from `src/texts`; with doors, buttons that open other chapters. */
  say: (text: string, words?: TextArgs, doors?: Doors) => Promise<void>;
  /** Like `say`; where the chapter was opened by a door that replaces, the message under it is changed instead. */
  show: (text: string, words?: TextArgs, doors?: Doors) => Promise<void>;
  /**
   * Says, last of all, how it ended: the question to which a button was the answer becomes that, where it stands. What cannot be changed (the answer
   * was typed, something was said since, the message is gone) is said anew.
   */
  conclude: (text: string, words?: TextArgs, doors?: Doors) => Promise<void>;
  /** Says a text with the menu of whoever the person is by now, who may have another one on the screen. */
  sayWithMenu: (text: string, words?: TextArgs) => Promise<void>;
  /** Draws a paper and hands it over, with a text and doors under it; a text that is too long there is said by itself. */
  hand: (paper: Paper, text: string, words?: TextArgs, doors?: Doors) => Promise<void>;
  /**
   * Hands over a paper that must not be kept, nor what it shows: `work` runs with an office whose answers are not remembered one by one, and its
   * `hand` says where the message stands, null where it may not have arrived. Only the verdict of `work` is remembered; it must not hold the secret.
   */
  handSecret: <V extends Plain>(work: (hand: HandSecret, office: Recorded<Office>) => Promise<V>) => Promise<V>;
  /** Asks for money: an invoice that is paid where it stands, at any later time. False when it could not be sent. */
  invoice: (invoice: Invoice, texts: InvoiceTexts, words?: TextArgs) => Promise<boolean>;
  /** Asks until the answer fits; what does not fit is answered with `problem-<the schema's message>`. */
  ask: <S extends z.ZodType<Plain, string>>(question: string, answer: S, words?: TextArgs) => Promise<z.output<S>>;
  /** Like `ask`, with buttons that may be pressed instead. */
  askOr: <S extends z.ZodType<Plain, string>, const K extends string>(
    question: string,
    answer: S,
    options: QuestionOptions<K> & { buttons: readonly K[] },
  ) => Promise<{ pressed: K } | { answer: z.output<S> }>;
  /**
   * Like `askOr`, where a password to an account that is typed, too, is an answer: it is deleted from the chat, and `prove` does with it what the
   * check of `askSecret` does.
   */
  askOrProve: <S extends z.ZodType<Plain, string>, const K extends string, V extends Plain>(
    question: string,
    answer: S,
    prove: (typed: string, office: Recorded<Office>) => Promise<V>,
    options: Pick<QuestionOptions<K>, 'words' | 'because' | 'left'> & { buttons: readonly K[] },
  ) => Promise<{ pressed: K } | { answer: z.output<S> } | { proved: V }>;
  /**
   * Like `askOr`, and a picture is an answer, too, with what was written under it. `neither`: what is said to a voice message and the like; that words
   * or a picture are wanted, where it is not said.
   */
  askOrPhoto: <S extends z.ZodType<Plain, string>, const K extends string>(
    question: string,
    answer: S,
    options: QuestionOptions<K> & { buttons: readonly K[]; neither?: string },
  ) => Promise<{ pressed: K } | { answer: z.output<S> } | { photo: Photo; caption: string }>;
  /** Like `ask`, and the resident may share the contact of this very account, where the messenger has a button for it; its number is read by the same schema. */
  askPhone: <S extends z.ZodType<Plain, string>>(question: string, answer: S, words?: TextArgs) => Promise<z.output<S>>;
  /** Shows buttons and waits for one of them, on this very message; «Отмена» is always there besides. */
  choose: <const K extends string>(question: string, buttons: readonly K[], words?: TextArgs, leaving?: Leaving) => Promise<K>;
  /** Like `choose`, with labels that are data (accounts, periods). Ten to a page; answers the key. */
  pick: (question: string, options: readonly Option[], words?: TextArgs, how?: PickHow) => Promise<string>;
  /**
   * A list of things to be ticked, in place, each as often as one likes; `done` stands under them once `enough` is ticked, and ends it.
   * Answers what is ticked, in the order of the list, at most 20 of them.
   */
  tick: <const K extends string>(
    question: string,
    buttons: readonly K[],
    ending: { done: string; enough: (ticked: readonly K[]) => boolean },
    words?: TextArgs,
  ) => Promise<K[]>;
  /** Like `pick`, and what is typed besides the labels is read by the schema. */
  pickOr: <S extends z.ZodType<Plain, string>>(
    question: string,
    options: readonly Option[],
    answer: S,
    words?: TextArgs,
    how?: PickHow,
  ) => Promise<{ picked: string } | { answer: z.output<S> }>;
  /**
   * Asks for something that must not be kept: the message is deleted from the chat at once, then `check` runs with an office whose answers
   * are not remembered one by one: only the verdict that `check` returns is. The verdict must not hold the secret.
   */
  askSecret: <V extends Plain, const K extends string = never>(
    question: string,
    check: (answer: string, office: Recorded<Office>) => Promise<V>,
    options?: QuestionOptions<K>,
  ) => Promise<V | Pressed<K>>;
  /** Asks for a picture (a photo, or an image sent as a file), with buttons that may be pressed instead. */
  askPhoto: <const K extends string>(
    question: string,
    options: QuestionOptions<K> & { buttons: readonly K[] },
  ) => Promise<{ pressed: K } | { photo: Photo }>;
  /**
   * Takes message after message, of any kind and albums too, until a button or an option is chosen. An edit changes what was taken. At most
   * `MOST_MESSAGE_PARTS`.
   */
  collect: <const K extends string>(
    question: string,
    options: CollectOptions<K>,
  ) => Promise<{ messageParts: MessagePart[] } & (Pressed<K> | { picked: string })>;
  /** The messages with which the chapter was opened; to be called first of all. */
  brought: () => Promise<MessagePart[]>;
  /** Asks for a file that is no picture, with buttons that may be pressed instead. */
  askFile: <const K extends string>(
    question: string,
    options: QuestionOptions<K> & { buttons: readonly K[] },
  ) => Promise<{ pressed: K } | { file: SentFile }>;
  /** A place on the map. */
  showPlace: (place: { latitude: number; longitude: number; title: string; address: string }) => Promise<void>;
  /** Leaves this chapter for another one, and takes messages along. */
  goTo: (dialog: ChapterName, ref?: string, brought?: readonly MessagePart[]) => Promise<never>;
  /** A text in plain words, for what is written in the person's own name. */
  inWords: (text: string, words?: TextArgs) => string;
  /** The office, each answer of which is remembered: a verb runs once however often the chapter is run from its top. */
  office: Recorded<Office>;
};

type RecordedVerb<A extends unknown[], R> = [R] extends [Plain]
  ? (...args: A) => Promise<R>
  : { 'this verb does not return plain data': R };
type Verbs<Desk> = {
  [Verb in keyof Desk]: Desk[Verb] extends (caller: StaffCaller, ...args: infer A) => Promise<infer R>
    ? RecordedVerb<A, R>
    : never;
};

/** The same office, whose verbs no longer take the caller (the kit knows who asks) and whose answers are remembered. */
export type Recorded<Office> = { [Desk in keyof Office]: Verbs<Office[Desk]> };
