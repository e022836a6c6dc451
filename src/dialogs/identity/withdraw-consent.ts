import { shownLogin } from '../../domain/masked-login.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { sayGuest } from '../steps/guest.ts';
import { askOldPassword } from '../steps/old-password.ts';

/** «Отозвать согласие»: says what goes and what the law makes us keep; then the password and a last confirmation. */
export const withdrawConsent: Dialog<Office> = async (scene) => {
  const { say, choose, office } = scene;
  const who = await office.residents.who();
  if (who.who === 'guest') return sayGuest(scene);

  await say('withdraw-consent-explained', { login: shownLogin(who.login) });
  const ticket = await askOldPassword(scene);
  if (ticket === undefined) return;
  await choose('withdraw-consent-sure', ['delete-all']);
  const { outcome } = await office.consents.withdraw(ticket);
  return say(outcome === 'withdrawn' ? 'withdraw-consent-done' : 'settings-too-late');
};
