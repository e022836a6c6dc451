import { PhoneNotLogin } from '../../domain/login.ts';
import { formatPhone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';
import { newPassword } from '../steps/new-password.ts';

/**
 * «Забыли пароль?»: the phone of the registration «используется для восстановления или смены пароля» (point 3).
 * `ref` is the proof of a phone that was given a moment ago, in the registration: it is enough.
 */
export const recovery: Dialog<Office> = async (scene, ref) => {
  const { say, sayWithMenu, office } = scene;

  // The code goes only to a phone that a login has; what is said is the same.
  const proof = ref || (await provePhone(scene));
  if (proof === undefined) return;
  const found = await office.recovery.find(proof);
  if (found.outcome === 'too-late') return sayTooLate(scene);

  // A new password for it.
  const { login, phone } = found;
  await say('recovery-found', { login });
  const draft = await newPassword(scene, { login, phone });
  const done = await office.recovery.complete(proof, draft);
  if (done.outcome === 'too-late') return sayTooLate(scene);
  return sayWithMenu('recovery-done', { login, others: done.others });
};

async function provePhone(scene: Scene<Office>): Promise<string | undefined> {
  const phone = await scene.askPhone('recovery-phone', PhoneNotLogin);
  const send = () => scene.office.confirmations.send('recovery', phone);
  const confirmed = await confirmPhone(scene, send, 'recovery-code', { phone: formatPhone(phone) });
  return confirmed.outcome === 'confirmed' ? confirmed.proof : undefined;
}

async function sayTooLate({ say }: Scene<Office>): Promise<void> {
  await say('recovery-too-late', {}, [{ label: 'button-forgot-password', dialog: 'recovery' }]);
}
