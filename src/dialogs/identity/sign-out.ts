import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';

/** «Выйти», asked once more: it stands under the thumb, and the way back in is long. */
export const signOut: Dialog<Office> = async ({ choose, sayWithMenu, office }) => {
  const { who } = await office.residents.who();
  if (who === 'guest') return sayWithMenu('sign-out-guest');
  await choose('sign-out-sure', ['logout-sure'], {}, { left: 'sign-out-stayed' });
  const { outcome } = await office.sessions.signOut();
  return sayWithMenu(outcome === 'signed-out' ? 'sign-out-done' : 'sign-out-guest');
};
