import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** «Выйти». */
export const signOut: Dialog<Office> = async ({ say, office }) => {
  const { outcome } = await office.sessions.signOut();
  return say(outcome === 'signed-out' ? 'sign-out-done' : 'sign-out-guest');
};
