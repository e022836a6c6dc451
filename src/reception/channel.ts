import type { Letter } from '../dialogs/kit/letter.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import type { Caller, MessengerId } from '../office/caller.ts';
import type { EnterPhase, Visit } from './visit.ts';

/** Who acts, where, and the line in which the update waits for its turn: the chat's name, also of its dialog's state. */
export type UpdateRoute = { person: MessengerId; line: string; room: 'private' | 'staff' };

/** `back`: it was given back. */
export type MoneyOfUpdate = { operation: string; sumKopecks: number; back: boolean };

/** Asked before each call of a messenger: throws, or rejects, where the turn is another process's by now. */
export type MayCall = () => void | Promise<void>;

/** Updates that come in. */
export type Receiving = {
  /** Asks for no more; what was handed on goes on. */
  stop: () => Promise<void>;
  /** Last of all: the messenger forgets what is safe. */
  confirm: () => Promise<void>;
};

/** What a messenger's channel does for reception with its updates, which nobody but the channel reads. */
export type Channel<Update> = {
  /** Its word in ids: `telegram` of `telegram:7`. */
  messenger: string;
  /** Names the update among all of the messenger's, by small letters and digits; the same when it comes again. */
  keyOf: (update: Update) => string;
  /** Of what kind it is, in a word of the messenger's: the only thing of it that may be told. */
  kindOf: (update: Update) => string;
  /** The same update, of which everything can be stored. */
  storable: (update: Update) => Update;
  /** Whose it is; undefined: nothing of ours. Never throws, whatever is missing: nobody would get past such an update. */
  routeOf: (update: Update) => UpdateRoute | undefined;
  /** Of an update that is nothing of ours as far as is known: finds out whether it is by now. */
  lookAgain?: ((update: Update) => Promise<void>) | undefined;
  /** As the person who acts is called in the messenger. */
  nameOf: (update: Update) => string;
  letterOf: (update: Update) => Letter | undefined;
  /** A mouth in the chat of an update. */
  voiceFor: (update: Update, mayCall: MayCall) => Voice;
  /** How phases of chapters are run while it is answered. */
  entering: (update: Update) => EnterPhase;
  /** Does what is to be done about it. */
  answer: (update: Update, visit: Visit) => Promise<void>;
  /** The messenger did not answer, or could not: it passes. */
  isAway: (error: unknown) => boolean;
  /** It waits for nobody else's turn: money. */
  isUrgent: (update: Update) => boolean;
  /** Money was taken or given back: it comes again until it is taken in. */
  isAboutMoney: (update: Update) => boolean;
  /** What staff are told of the money; undefined: the update is about none. */
  moneyIn: (update: Update) => MoneyOfUpdate | undefined;
  /** Takes in money that could not be credited, since that breaks: staff credit it by hand. Answers what the payer is told; undefined: no money was taken. */
  holdMoney: (update: Update, caller: Caller) => Promise<((voice: Voice) => Promise<void>) | undefined>;
  /** Whoever did it has been answered where he did it, and looks for no word in the chat. */
  isAnsweredElsewhere: (update: Update) => boolean;
  /** A copy without anything that people typed. */
  withoutWords: (update: Update) => Update;
};
