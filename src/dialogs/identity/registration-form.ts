import type { Login } from '../../domain/login.ts';
import { formatPhone, type Phone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';
import { askLogin, askLoginAndPhone } from '../steps/login-and-phone.ts';
import { newPassword } from '../steps/new-password.ts';

/** Points 3 to 6 of the instruction, after the consent. */
export const registrationForm: Dialog<Office> = async (scene) => {
  const { say, choose, goTo, office } = scene;
  const who = await office.residents.who();
  if (who.who === 'resident') return say('registration-signed-in', { login: who.login });
  if (!(await office.consents.given())) return goTo('registration');

  // 3 Login, phone, password, the password again.
  const { login, phone } = await askLoginAndPhone(scene);
  const draft = await newPassword(scene, { login, phone });

  // 4 «Зарегистрироваться» sends the SMS.
  await choose('registration-ready', ['sign-up'], { login, phone: formatPhone(phone) });

  // 5, 6 The code, which accepts itself.
  const send = () => office.confirmations.send('registration', phone);
  const proof = await confirmPhone(scene, send, 'registration-code', { phone: formatPhone(phone) });
  if (proof !== undefined) return finish(scene, { login, phone, draft, proof });
};

/** Signs the resident in, or says what stands in the way. That a phone is taken is told only after its code: before, anyone could probe numbers. */
async function finish(scene: Scene<Office>, form: { login: Login; phone: Phone; draft: string; proof: string }): Promise<void> {
  const { say, choose, goTo, office } = scene;
  const { phone, proof } = form;
  let { login, draft } = form;
  let takePhone = false;
  for (;;) {
    const done = await office.registration.register({ login, draft, proof, takePhone });
    switch (done.outcome) {
      case 'registered':
        return say('registration-done', { login: done.login });
      case 'phone-taken': {
        const way = await choose('registration-phone-taken', ['recover-login', 'phone-is-mine'], { login: done.login });
        if (way === 'recover-login') return goTo('recovery', proof);
        takePhone = true;
        break;
      }
      case 'login-taken':
        await say('registration-login-taken-meanwhile', { login });
        login = await askLogin(scene, phone);
        draft = await newPassword(scene, { login, phone });
        break;
      case 'too-late':
        return say('registration-too-late', {}, [{ label: 'button-register', dialog: 'registration' }]);
    }
  }
}
