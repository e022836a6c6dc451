import { readVoice } from './lines.ts';
import { NOTATIONS } from './notations.ts';
import { readTranscript, stepsOf } from './passages.ts';

export type TypedStep = {
  does: 'say' | 'press' | 'share';
  /** What is said; of a button its label, and of one's own contact the phone. */
  words: string;
  /** How the last of what the bot says to it begins. */
  answer: string;
};

/** What a person of a transcript does, for a test that plays it by other hands: step by step, until the bot has answered. */
export function typedSteps(script: string, phone: string): TypedStep[] {
  const lines = readTranscript(script).passages.flatMap((passage) => passage.lines);
  return stepsOf(lines).flatMap(([line = '', ...outcome]): TypedStep[] => {
    const said = readVoice(line)?.words;
    if (said === undefined) return [];
    const answer = outcome.findLast((one) => one.startsWith('Бот: '))?.slice('Бот: '.length, 'Бот: '.length + 20) ?? '';
    if (NOTATIONS.ownContact.test(said)) return [{ does: 'share', words: phone, answer }];
    const label = NOTATIONS.press.exec(said)?.[1];
    return [{ does: label === undefined ? 'say' : 'press', words: label ?? said, answer }];
  });
}
