import type { LastTold } from '../office/last-told.ts';
import { plainText } from '../texts/markup.ts';
import type { Texts } from '../texts/texts.ts';
import { callerOf, type Visit } from './visit.ts';

export type NoteTold = (visit: Visit) => Promise<void>;

/** Keeps what a chapter told the person last, in plain words. It is in nobody's way: what comes of it goes to `onError`. */
export function createNoteTold({ text }: Texts, { note }: LastTold, onError: (error: unknown) => void): NoteTold {
  return async (visit) => {
    const { told } = visit;
    if (!told) return;
    try {
      await note(callerOf(visit, 'told'), told.words, (words) => plainText(text(told.text, words, { html: true })));
    } catch (error) {
      onError(error);
    }
  };
}
