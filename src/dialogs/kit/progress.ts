import { type ChapterName, isChapterName } from '../../domain/doors.ts';
import type { Plain } from '../../office/idempotent.ts';
import type { MessagePart } from '../../office/staff/message-part.ts';
import type { LastMessage } from './edits.ts';
import type { MessagePlace } from './letter.ts';

/**
 * How far a person has come in a chapter: what was answered, in order, and nothing else. It is all that is kept between two messages,
 * so a long dialog costs what a short one does.
 */
export type DialogProgress = {
  dialog: ChapterName;
  /** Of the chapter's code, see `version.ts`: another version cannot be continued. */
  version: string;
  /** Tells this run of the chapter from others, so that buttons of old ones are known. */
  run: string;
  ref: string;
  /** The resident for whom the chapter was opened; null for a guest. */
  as: string | null;
  /** What each verb gave, in the order of the calls. */
  answers: Plain[];
  /** By which call each of them came, a mark each (`calls.ts`); shorter where it is not known of the last. */
  calls: string;
  /** Whether the question after `answers` has been put, so that the next message is its answer. */
  asked: boolean;
  /** What is ticked under that question, a bit a button; of a list, its page. */
  ticked: number;
  /** The question waits for something that must be deleted from the chat. */
  secret: boolean;
  /** Something of that kind was asked for in this run: what is typed where a button is wanted may be a repetition of it. */
  hadSecret: boolean;
  /** A reply keyboard of the dialog's own stands in place of the menu. */
  keyboardTaken: boolean;
  /** Messages that the question has taken so far, where it takes one after another. */
  collected: MessagePart[];
  /** The message that was dealt with last; null where none is known. */
  last: LastMessage | null;
  /** The letter after which all this stood so, where the same is kept apart from the dialog; null where it is not, or no `last` is known. */
  letter: string | null;
  /** The message under which the buttons of that question stand; null where it has none. */
  put: MessagePlace | null;
  /** What is said where the person leaves at that question: a text's name, null for nothing. */
  left: string | null;
  /** Runs of the chapters that led here: to the person it is one dialog, and their «Отмена» leaves it, too. */
  earlier: string[];
};

/** What is said where a dialog is left, unless its question has other words. */
export const LEFT = 'cancelled';

export function beginning(
  dialog: ChapterName,
  version: string,
  run: string,
  ref: string,
  as: string | null = null,
  earlier: string[] = [],
): DialogProgress {
  return {
    dialog,
    version,
    run,
    ref,
    as,
    answers: [],
    calls: '',
    asked: false,
    ticked: 0,
    secret: false,
    hadSecret: false,
    keyboardTaken: false,
    collected: [],
    last: null,
    letter: null,
    put: null,
    left: LEFT,
    earlier,
  };
}

/** So many bits are flags; what is ticked stands above them. */
const FLAGS = 4;

/** In this order; what is as at the beginning is left out at the end. */
type EncodedState = [
  flags: number,
  as?: string | null,
  put?: MessagePlace | null,
  last?: LastMessage | [...LastMessage, letter: string] | null,
  collected?: MessagePart[],
  left?: string | null,
  earlier?: string[],
  calls?: string,
];

/** What is as at the beginning. */
const UNTOLD: readonly unknown[] = [0, null, null, null, [], LEFT, [], ''];

/** As few bytes as JSON allows: it is written at every message. */
export function encodeProgress({
  dialog,
  version,
  run,
  ref,
  as,
  answers,
  calls,
  asked,
  ticked,
  secret,
  hadSecret,
  keyboardTaken,
  collected,
  last,
  letter,
  put,
  left,
  earlier,
}: DialogProgress): Uint8Array {
  const flags = (asked ? 1 : 0) | (secret ? 2 : 0) | (keyboardTaken ? 4 : 0) | (hadSecret ? 8 : 0) | (ticked << FLAGS);
  const state = [
    flags,
    as,
    put,
    last && letter !== null ? [...last, letter] : last,
    collected,
    left,
    earlier,
    calls,
  ] satisfies EncodedState;
  while (state.length > 1 && JSON.stringify(state.at(-1)) === JSON.stringify(UNTOLD[state.length - 1])) state.pop();
  return Buffer.from(JSON.stringify([dialog, version, run, ref, state.length > 1 ? state : flags, ...answers]));
}

/** Undefined when it was written by a version of the kit that wrote otherwise, or of a chapter that there is no more. */
export function decodeProgress(bytes: Uint8Array): DialogProgress | undefined {
  const parts = parse(bytes);
  if (!Array.isArray(parts) || parts.length < 5) return undefined;
  const [dialog, version, run, ref, state, ...answers] = parts as [
    unknown,
    string,
    string,
    string,
    number | EncodedState,
    ...Plain[],
  ];
  if (!isChapterName(dialog)) return undefined;
  const [flags, as = null, put = null, last = null, collected = [], left = LEFT, earlier = [], calls = ''] =
    typeof state === 'number' ? [state] : state;
  const [place, mark, letter = null] = last ?? [];
  return {
    dialog,
    version,
    run,
    ref,
    as,
    answers,
    calls,
    asked: (flags & 1) !== 0,
    secret: (flags & 2) !== 0,
    keyboardTaken: (flags & 4) !== 0,
    hadSecret: (flags & 8) !== 0,
    ticked: flags >>> FLAGS,
    collected,
    last: place === undefined || mark === undefined ? null : [place, mark],
    letter,
    put,
    left,
    earlier,
  };
}

/** What is kept where no dialog is under way any more. */
export type DialogOver = {
  /** The run whose last question became the words of its end. */
  run?: string | undefined;
  /** A question for a secret was left for something else: the secret may be typed all the same. */
  leftSecret?: true | undefined;
};

export function encodeOver({ run, leftSecret }: DialogOver): Uint8Array {
  return Buffer.from(JSON.stringify([null, run ?? null, ...(leftSecret ? [1] : [])]));
}

/** Undefined for the state of a dialog that is under way. */
export function decodeOver(bytes: Uint8Array): DialogOver | undefined {
  const parts = parse(bytes);
  if (!Array.isArray(parts) || parts[0] !== null) return undefined;
  const [, run, secret] = parts as [null, unknown, unknown];
  return { ...(typeof run === 'string' && { run }), ...(secret === 1 && { leftSecret: true }) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
