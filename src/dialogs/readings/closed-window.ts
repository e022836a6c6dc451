import { LISTED_ACCOUNTS } from '../../domain/many-accounts.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';
import { otherAccountOf } from '../../domain/door-refs.ts';
import { sayWindowClosed } from '../steps/meter-account.ts';
import { ownLabels } from '../steps/own-labels.ts';

/** The window is closed; what billing has refused may still be handed in again, by a guest who says the number anew. False where nothing may. */
export async function mayHandInAgain(
  scene: Scene<Office>,
  window: { opens: string; closes: string },
  ref: string,
): Promise<boolean> {
  const { accounts, asGuest } = await scene.office.readings.again();
  const own = otherAccountOf(ref) ? [] : accounts;
  const [only, second] = own;
  if (asGuest && !only) return true;
  if (only && !second) return scene.goTo('readings', only.link);
  const labels = second ? await ownLabels(scene) : new Map<string, string>();
  const doors = own.slice(0, LISTED_ACCOUNTS).map(
    ({ link, account }): Door => ({
      label: 'button-readings-of',
      words: { label: labels.get(link) ?? account },
      dialog: 'readings',
      ref: link,
    }),
  );
  await sayWindowClosed(scene, window, { doors });
  return false;
}
