import type { Letter } from '../dialogs/kit/letter.ts';
import type { DialogProgress } from '../dialogs/kit/progress.ts';
import type { ToldLast } from './told-last.ts';
import type { Visit } from './visit.ts';
import type { Visitors } from './visitors.ts';

/**
 * An older state of the dialog has come back, after a Redis took over that had not got the last writes: a letter was dealt with since, or
 * the button is of a question that it has not put yet. Nothing is understood by such a state: it goes.
 */
export function createDropBehind(
  { visitorOf }: Pick<Visitors, 'visitorOf'>,
  { noteQuestionLeft }: Pick<ToldLast, 'noteQuestionLeft'>,
): (visit: Visit) => Promise<void> {
  return async (visit) => {
    const { progress, letter, letterId } = visit;
    if (!progress) return;
    const { lastLetter = null } = progress.letter === null ? {} : await visitorOf(visit);
    visit.noted = lastLetter === letterId;
    const isBehind = lastLetter !== null && !visit.noted && lastLetter !== progress.letter;
    if (!isBehind && !isOfLaterStep(progress, letter)) return;
    noteQuestionLeft(visit);
    visit.progress = undefined;
    visit.behind = true;
  };
}

function isOfLaterStep({ run, answers }: DialogProgress, letter: Letter | undefined): boolean {
  const button = letter?.kind === 'press' ? letter.button : undefined;
  return button?.is === 'choice' && button.run === run && button.step > answers.length;
}
