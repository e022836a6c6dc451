import type { MessagePlace } from './letter.ts';
import type { DialogProgress } from './progress.ts';
import type { Voice } from './voice.ts';

/** Keeps buttons under the newest question alone: none is left that looks alive and does nothing. */
export function openLivingButtons(progress: DialogProgress, voice: Voice) {
  const stale: { place: MessagePlace; whole: boolean }[] = [];
  let askedAgain = false;

  /** The question is over. `whole`: it may go as its answer did, where the same is asked again below. */
  function leave(whole = false): void {
    if (progress.put !== null) stale.push({ place: progress.put, whole });
    progress.put = null;
  }

  return {
    leave,
    /** A question was put, and its buttons stand under what was said last. */
    stand({ again, bare }: { again: boolean; bare: boolean }): void {
      askedAgain ||= again;
      progress.put = bare ? null : (voice.lastSaid() ?? null);
    },
    /** They stand under what was said last, and nowhere else. */
    move(): void {
      const newest = voice.lastSaid();
      if (progress.put === null || newest === undefined || newest === progress.put) return;
      leave();
      progress.put = newest;
    },
    /** Last of all: nobody shall wait for it. */
    async tidy(): Promise<void> {
      for (const { place, whole } of stale.splice(0)) {
        if (whole && askedAgain && voice.powers.takesBack && (await voice.takeBack(place))) continue;
        if (voice.powers.changesMessages) await voice.replaceButtons(undefined, place);
      }
    },
  };
}

/** A dialog is left where none of its questions is answered: the last one loses its buttons. */
export async function takeButtons({ put }: Pick<DialogProgress, 'put'>, { powers, replaceButtons }: Voice): Promise<void> {
  if (put !== null && powers.changesMessages) await replaceButtons(undefined, put);
}
