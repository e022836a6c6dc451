import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { sayGuest } from '../steps/guest.ts';
import { newPassword } from '../steps/new-password.ts';
import { askOldPassword } from '../steps/old-password.ts';

/** «Сменить пароль»: the old one, then the new one twice. */
export const changePassword: Dialog<Office> = async (scene) => {
  const { say, office } = scene;
  const known = await office.settings.overview();
  if (known.outcome === 'guest') return sayGuest(scene);

  const ticket = await askOldPassword(scene);
  if (ticket === undefined) return;
  const draft = await newPassword(scene, known.owner);
  const { outcome } = await office.settings.changePassword(ticket, draft);
  return say(outcome === 'changed' ? 'change-password-done' : 'settings-too-late');
};
