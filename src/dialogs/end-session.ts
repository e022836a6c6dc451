import type { Office } from '../office/office.ts';
import type { Dialog } from './kit/scene.ts';

/** «Выйти» beside another Telegram account; `ref` is the session, and the office checks whose it is. */
export const endSession: Dialog<Office> = async ({ say, office }, ref) => {
  const { outcome } = await office.sessions.end(ref);
  return say(outcome === 'ended' ? 'end-session-done' : 'end-session-gone');
};
