import type { LastTold } from '../office/last-told.ts';
import { plainText } from '../texts/markup.ts';
import type { TextArgs } from '../dialogs/kit/scene.ts';
import type { Texts } from '../texts/texts.ts';
import type { DialogFlow } from './dialog-flow.ts';
import { callerOf, type Visit } from './visit.ts';

export type NoteTold = (visit: Visit) => Promise<void>;

/** Keeps what a chapter told the person last, in plain words. It is in nobody's way: what comes of it goes to `onError`. */
export function createNoteTold(
  { text }: Texts,
  { note }: LastTold,
  visitorOf: DialogFlow['visitorOf'],
  onError: (error: unknown) => void,
): NoteTold {
  return async (visit) => {
    const { told } = visit;
    if (!told) return;
    try {
      const say = (words: TextArgs) => plainText(text(told.text, words, { marked: true }));
      await note(callerOf(visit, 'told'), told.words, say, async () => (await visitorOf(visit)).accounts);
    } catch (error) {
      onError(error);
    }
  };
}
