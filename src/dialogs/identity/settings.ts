import { shownLogin } from '../../domain/masked-login.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { sayGuest } from '../steps/guest.ts';

/** «Настройки»: what is known of the login, and the ways to change it. */
export const settings: Dialog<Office> = async (scene) => {
  const { choose, goTo, office } = scene;
  const known = await office.settings.overview();
  if (known.outcome === 'guest') return sayGuest(scene);
  const { login, phone, sessions } = known;
  const words = { login: shownLogin(login), phone: phone || 'none', sessions };
  return goTo(
    await choose('settings-overview', ['change-password', 'change-phone', 'sessions', 'news', 'withdraw-consent'], words, {
      left: null,
    }),
  );
};
