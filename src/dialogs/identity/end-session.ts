import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** «Выйти» beside another messenger account; `ref` is the session; the office checks its owner. */
export const endSession: Dialog<Office> = async ({ say, office }, ref) => {
  const { outcome } = await office.sessions.end(ref);
  return say(outcome === 'ended' ? 'end-session-done' : 'end-session-gone');
};
