import type { TextArgs } from '../dialogs/kit/scene.ts';
import type { Voice } from '../dialogs/kit/voice.ts';
import type { ChapterTraits, TraitsOf } from './chapter-traits.ts';
import type { Visit } from './visit.ts';

export type ToldLast = ReturnType<typeof createToldLast>;

/** Keeps in the visit what the person was told last (`told`), for a request's card: no question that was left, and nothing that may not be kept. */
export function createToldLast(traitsOf: TraitsOf) {
  const isHeard = ({ untold, forStaff }: ChapterTraits): boolean => !untold && !forStaff;

  /** The voice in which a chapter speaks: the visit's, of which the last words are kept. */
  function voiceOf(visit: Visit, chapter: ChapterTraits): Voice {
    const { voice } = visit;
    if (!isHeard(chapter)) return voice;
    const keep = (text: string, words: TextArgs) => {
      visit.told = { text, words };
      visit.leftQuestion = false;
    };
    return {
      ...voice,
      say: (text, words, markup) => (keep(text, words), voice.say(text, words, markup)),
      show: (text, words, markup, place) => (keep(text, words), voice.show(text, words, markup, place)),
      hand: (paper, text, words, markup) => (keep(text, words), voice.hand(paper, text, words, markup)),
    };
  }

  /** What is no longer asked was not told last; what a page has told stands, whatever closes it. */
  function noteQuestionLeft(visit: Visit): void {
    const { progress, told } = visit;
    visit.leftQuestion = progress !== undefined && progress.left !== null && !told?.instead && isHeard(traitsOf(progress.dialog));
  }

  function keepInstead(visit: Visit, text: string): void {
    visit.told = { text, words: {}, instead: true };
    visit.leftQuestion = false;
  }

  return { voiceOf, noteQuestionLeft, keepInstead };
}
