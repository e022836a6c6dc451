import { type Api, Context } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Turn } from '../adapters/turns/turns.ts';
import type { Progress } from '../dialogs/kit/progress.ts';
import type { Words } from '../dialogs/kit/scene.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import type { Caller, MessengerId } from '../office/caller.ts';
import type { Visitor } from '../office/residents.ts';

/** One update of one person, from the moment its turn was taken until it is finished. */
export type Visit = {
  turn: Turn;
  messengerId: MessengerId;
  /** As the person is called in the messenger. */
  name: string;
  updateId: number;
  voice: Voice;
  /** Who the person is, asked once a visit: until a chapter may have changed that. */
  visitor?: Promise<Visitor> | undefined;
  /** The dialog that is under way; replaced or emptied by what happens. */
  progress: Progress | undefined;
  /** What comes may be a secret: one was asked for. */
  secretExpected: boolean;
  /** A secret was asked for in this very visit. */
  secretAsked?: boolean;
  /** There was a dialog, and its code has changed since. */
  outdated: boolean;
  /** There was nothing to answer: the chat stays as it was. */
  ignored?: true;
  /** What a chapter told the person last: a text and its words. */
  told?: { text: string; words: Words };
};

/** grammY's context of an update, with the visit that the update is. */
export class VisitContext extends Context {
  readonly visit: Visit;

  constructor(update: Update, api: Api, me: UserFromGetMe, visit: Visit) {
    super(update, api, me);
    this.visit = visit;
  }
}

/** Who asks the office in a step of this visit that no dialog takes. */
export function callerOf({ messengerId, updateId, turn }: Visit, step: string): Caller {
  return { messengerId, operation: `${updateId}:${step}`, turn: turn.token };
}
