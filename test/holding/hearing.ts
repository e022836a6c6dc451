import { plainSpaces } from '../../src/domain/unbroken.ts';
import { shownText } from '../../src/texts/markup.ts';
import type { TextArgs } from '../../src/domain/text-args.ts';

/** What a chat was told: as it is read, and which texts of `src/texts/ru` it is made of. */
export type Read = { chat: number; text: string; names: readonly string[] };

/**
 * Recognises what people read by the names of texts: one was said if it was put into words for this step and those words stand in a message.
 * `keeps`: for so many further steps, where what is said may be put into words before.
 */
export function openHearing({ keeps = 0 } = {}) {
  const formatted: { names: readonly string[]; said: string; takes: number }[] = [];
  const sent: { chat: number; marked: string }[] = [];

  return {
    onText(name: string, words: TextArgs, said: string): void {
      if (said !== '') formatted.push({ names: [name, ...phrasesOf(words)], said, takes: 0 });
    },
    onWords(names: readonly string[], said: string): void {
      if (said !== '') formatted.push({ names, said, takes: 0 });
    },
    onSent: (chat: number, marked: string): void => void sent.push({ chat, marked }),
    /** All since the last time. */
    take(): Read[] {
      const reads = sent.splice(0).map(({ chat, marked }) => {
        const names = formatted.filter(({ said }) => marked.includes(said)).flatMap((one) => one.names);
        return { chat, text: plainSpaces(shownText(marked)), names: [...new Set(names)] };
      });
      const kept = formatted.filter((one) => one.takes < keeps).map((one) => ({ ...one, takes: one.takes + 1 }));
      formatted.splice(0, formatted.length, ...kept);
      return reads;
    },
  };
}

function phrasesOf(words: TextArgs): string[] {
  return Object.values(words).flatMap((word) =>
    typeof word === 'object' ? word.flatMap(({ text, words: own }) => [text, ...phrasesOf(own ?? {})]) : [],
  );
}
