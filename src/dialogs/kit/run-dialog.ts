import { ReplayDiverged } from './calls.ts';
import { openScene } from './open-scene.ts';
import type { Dialog } from './scene.ts';
import type { DialogEnd, DialogTurn } from './turn.ts';

/**
 * Runs one phase of a dialog: from its top over what was answered so far, until the next question has been put. What the dialog throws is
 * thrown here, and `turn.progress` then must not be kept.
 */
export async function runDialog<Office extends object>(dialog: Dialog<Office>, turn: DialogTurn<Office>): Promise<DialogEnd> {
  let end: DialogEnd = { end: 'done' };
  let stop: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const { scene, tidy } = openScene<Office>(turn, (how) => {
    end = how;
    stop();
    // Never resolved on purpose: the dialog stands still where it asked, and is collected with the phase.
    return new Promise<never>(() => {});
  });
  try {
    await Promise.race([dialog(scene, turn.progress.ref), stopped]);
  } catch (error) {
    // Before any of this letter's effects: a replay has none.
    if (error instanceof ReplayDiverged) return { end: 'changed' };
    throw error;
  }
  await tidy();
  return end;
}
