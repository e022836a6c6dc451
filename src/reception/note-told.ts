import type { TextArgs } from '../dialogs/kit/scene.ts';
import type { MessengerId } from '../office/caller.ts';
import type { LastTold } from '../office/last-told.ts';
import { plainText } from '../texts/markup.ts';
import type { Texts } from '../texts/texts.ts';
import type { DialogFlow } from './dialog-flow.ts';
import { callerOf, type Visit } from './visit.ts';

export type PutBackLetter = (messengerId: MessengerId, letterId: string) => Promise<void>;

/** `hadDialog`: a dialog was under way before. Answers whether it is kept which letter this was. */
export type NoteTold = (visit: Visit, hadDialog: boolean) => Promise<boolean>;

/**
 * Keeps what a chapter told the person last (where its question was left, what was said then), in plain words, and that this letter was dealt
 * with; where nothing was told the latter alone, and only of a turn that changed a dialog's state. It is in nobody's way: what comes of it goes
 * to `onError`.
 */
export function createNoteTold(
  { text }: Texts,
  { note, noteInstead, noteLetter }: LastTold,
  visitorOf: DialogFlow['visitorOf'],
  onError: (error: unknown) => void,
): NoteTold {
  return async (visit, hadDialog) => {
    const { told, progress, letterId } = visit;
    if (!told && !progress && !hadDialog) return false;
    try {
      const caller = callerOf(visit, 'told');
      if (told) {
        const say = (words: TextArgs) => plainText(text(told.text, words, { marked: true }));
        if (told.instead) await noteInstead(caller, letterId, say({}), { leaves: !progress });
        else await note(caller, letterId, told.words, say, async () => (await visitorOf(visit)).accounts);
      } else await noteLetter(caller, letterId, { leaves: !progress });
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  };
}
