import type { Turn } from '../adapters/turns/turns.ts';
import type { Letter } from '../dialogs/kit/letter.ts';
import type { DialogProgress } from '../dialogs/kit/progress.ts';
import type { TextArgs } from '../dialogs/kit/scene.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import type { Caller, MessengerId } from '../office/caller.ts';
import type { Visitor } from '../office/identity/residents.ts';
import type { LastAnswer } from './chat-at-rest.ts';

/** Runs a phase of a chapter; throws what it throws. */
export type EnterPhase = <End>(phase: () => Promise<End>) => Promise<End>;

/** One update of one person, from the moment its turn was taken until it is finished. */
export type Visit = {
  turn: Turn;
  messengerId: MessengerId;
  /** As the person is called in the messenger. */
  name: string;
  /** The same when it comes again. */
  letterId: string;
  /** What the person did; undefined where that is no word to us. */
  letter: Letter | undefined;
  /** Runs a phase of a chapter as the messenger's channel wants it run. */
  enter: EnterPhase;
  voice: Voice;
  /** Who the person is, asked once a visit: until a chapter may have changed that. */
  visitor?: Promise<Visitor> | undefined;
  /** The dialog that is under way; replaced or emptied by what happens. */
  progress: DialogProgress | undefined;
  /** The dialog beside which another chapter was opened for one message. */
  besides?: DialogProgress | undefined;
  /** What comes may be a secret: one was asked for. */
  secretExpected: boolean;
  /** What came was taken out of the chat, or the person was asked to do so. */
  secretDropped?: true;
  /** A secret was asked for in this very visit. */
  secretAsked?: boolean;
  /** That this letter was dealt with is kept: by now, or since it came before and its turn did not come to its end. */
  noted?: boolean;
  /** There was an older state of the dialog, without what came after it: the store of turns has lost that. */
  behind?: true;
  /** There was a dialog, and its code has changed since. */
  outdated: boolean;
  /** The run that ended last, where its last question became the words of its end: a button of it that is pressed twice is none of these. */
  over?: string | undefined;
  /** By which letter the chapter that was answered last came to its end, before this visit or in it. */
  answered?: LastAnswer | undefined;
  /** The dialog before this letter was left at a question for a secret, for something else. */
  afterSecret?: true | undefined;
  /** So it was in this very visit. */
  leftSecret?: true;
  /** The run that ended so in this very visit, whatever chapters it led to. */
  concluded?: string | undefined;
  /** There was nothing to answer: the chat stays as it was. */
  ignored?: true;
  /** What a chapter told the person last: a text and its words; `instead`: what was said where a question was left, and stands in its place. */
  told?: { text: string; words: TextArgs; instead?: true };
  /** A question of a chapter whose words are kept was left in this very visit, and nothing was said of that yet. */
  leftQuestion?: boolean;
};

/** Who asks the office in a step of this visit that no dialog takes. */
export function callerOf({ messengerId, letterId, turn }: Visit, step: string): Caller {
  return { messengerId, idempotencyKey: `${letterId}:${step}`, turn };
}
