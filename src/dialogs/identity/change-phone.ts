import { formatPhone, Phone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';
import { sayGuest } from '../steps/guest.ts';
import { askOldPassword } from '../steps/old-password.ts';

/** «Сменить телефон»: the password, then a code to the new phone. */
export const changePhone: Dialog<Office> = async (scene) => {
  const { say, choose, office } = scene;
  const known = await office.settings.overview();
  if (known.outcome === 'guest') return sayGuest(scene);
  if (!known.phone) await say('change-phone-needed');

  const ticket = await askOldPassword(scene);
  if (ticket === undefined) return;
  const proved = await proveNewPhone(scene);
  if (proved === undefined) return;
  const { proof } = proved;

  let done = await office.settings.changePhone({ ticket, proof });
  if (done.outcome === 'phone-taken') {
    await choose('change-phone-taken', ['phone-is-mine']);
    done = await office.settings.changePhone({ ticket, proof, takePhone: true });
  }
  if (done.outcome !== 'changed') return say('settings-too-late');
  return say('change-phone-done', { phone: proved.phone, login: done.login ?? 'same' });
};

/** Undefined where the resident was told why there is none. */
async function proveNewPhone(scene: Scene<Office>): Promise<{ proof: string; phone: string } | undefined> {
  const { askPhone, office } = scene;
  let question = 'change-phone-new';
  for (;;) {
    const phone = await askPhone(question, Phone);
    const shown = { phone: formatPhone(phone) };
    const send = () => office.confirmations.send('new-phone', phone);
    const confirmed = await confirmPhone(scene, send, 'change-phone-code', shown);
    if (confirmed.outcome === 'confirmed') return { proof: confirmed.proof, ...shown };
    if (confirmed.outcome === 'closed') return undefined;
    question = 'registration-phone-again';
  }
}
