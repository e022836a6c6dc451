import { broughtTo, collectedIn } from '../dialogs/kit/collecting.ts';
import { type DialogProgress, LEFT } from '../dialogs/kit/progress.ts';
import { unsentFor } from '../dialogs/steps/unsent-for.ts';
import { unsentRef } from '../domain/door-refs.ts';
import type { ChapterDoor } from '../domain/doors.ts';
import type { MessagePart } from '../office/staff/message-part.ts';
import type { TraitsOf } from './chapter-traits.ts';
import type { Visit } from './visit.ts';

/** Finds in a dialog what was typed and that nobody has got. `asks`: there is a chapter that asks about words for staff, «unsent-words». */
export function createUnsent(traitsOf: TraitsOf, { asks }: { asks: boolean }) {
  /** Whoever goes on from the question about what was not sent is asked it again, about the same words. */
  function writtenIn(progress: DialogProgress): readonly MessagePart[] {
    return progress.dialog === 'unsent-words' ? broughtTo(progress) : collectedIn(progress);
  }

  /** What was written for staff and not sent, with what «unsent-words» is to be opened for; undefined: nothing. */
  function unsentWords(
    { progress }: Visit,
    next: ChapterDoor | undefined,
  ): { ref: string; written: readonly MessagePart[] } | undefined {
    if (!progress || !traitsOf(progress.dialog).asksUnsent || !asks) return undefined;
    const written = writtenIn(progress);
    if (written.length === 0) return undefined;
    return { ref: unsentRef(unsentFor(progress), next), written };
  }

  /**
   * What was written and not sent in the dialog under way, beside which a chapter was opened that leads to a new request: both go on in that one,
   * which is asked about before anything is sent. Undefined where it holds nothing; once a visit.
   */
  function unsentBesides(visit: Visit): { topic: string; written: readonly MessagePart[] } | undefined {
    const { besides } = visit;
    visit.besides = undefined;
    if (!besides || !traitsOf(besides.dialog).asksUnsent) return undefined;
    const written = writtenIn(besides);
    return written.length === 0 ? undefined : { topic: besides.dialog === 'request' ? besides.ref : '', written };
  }

  /** Whether something was typed that nobody has got: words for staff, a reading that is asked about. */
  function holdsUnsent(progress: DialogProgress): boolean {
    const { asksUnsent, tellsLeft } = traitsOf(progress.dialog);
    if (asksUnsent) return writtenIn(progress).length > 0;
    return tellsLeft === true && progress.left !== null && progress.left !== LEFT;
  }

  return { unsentWords, unsentBesides, holdsUnsent };
}
