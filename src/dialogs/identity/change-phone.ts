import { formatPhone, Phone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';
import { sayGuest } from '../steps/guest.ts';
import { askOldPassword } from '../steps/old-password.ts';

/** «Сменить телефон»: the password, then a code to the new phone. */
export const changePhone: Dialog<Office> = async (scene) => {
  const { say, askPhone, choose, office } = scene;
  const known = await office.settings.overview();
  if (known.outcome === 'guest') return sayGuest(scene);
  if (!known.phone) await say('change-phone-needed');

  const ticket = await askOldPassword(scene);
  if (ticket === undefined) return;
  const phone = await askPhone('change-phone-new', Phone);
  const shown = { phone: formatPhone(phone) };
  const proof = await confirmPhone(scene, () => office.confirmations.send('new-phone', phone), 'change-phone-code', shown);
  if (proof === undefined) return;

  let done = await office.settings.changePhone({ ticket, proof });
  if (done.outcome === 'phone-taken') {
    await choose('change-phone-taken', ['phone-is-mine']);
    done = await office.settings.changePhone({ ticket, proof, takePhone: true });
  }
  if (done.outcome !== 'changed') return say('settings-too-late');
  return say('change-phone-done', { ...shown, login: done.login ?? 'same' });
};
