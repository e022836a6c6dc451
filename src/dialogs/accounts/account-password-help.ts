import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { showPoints } from '../steps/points.ts';
import { linkingRef, readLinkingRef } from '../../domain/door-refs.ts';

/** Point 9.2.1: how to get a password to an account: the papers, and where to take them. `ref`: its number, so that it is not asked for again. */
export const accountPasswordHelp: Dialog<Office> = async (scene, ref) => {
  const { account } = readLinkingRef(ref);
  await scene.say('account-password-help');
  await showPoints(scene);
  await scene.say('account-password-help-next', {}, [
    { label: 'button-link', dialog: 'linking', ...(account && { ref: linkingRef('by-password', account) }) },
  ]);
};
