import { shownLogin } from '../../domain/masked-login.ts';
import type { Login } from '../../domain/login.ts';
import { formatPhone, type Phone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';
import { askLogin, askLoginAndPhone, askOtherPhone } from '../steps/login-and-phone.ts';
import { newPassword } from '../steps/new-password.ts';

/** Points 3 to 6 of the instruction, after the consent; `ref`: the account to be linked then. */
export const registrationForm: Dialog<Office> = async (scene, ref) => {
  const { sayWithMenu, choose, goTo, office } = scene;
  const who = await office.residents.who();
  if (who.who === 'resident') return sayWithMenu('registration-signed-in', { login: shownLogin(who.login) });
  if (!(await office.consents.given())) return goTo('registration', ref);

  // 3 Login, phone, password, the password again.
  let { login, phone } = await askLoginAndPhone(scene);
  let draft = await newPassword(scene, { login, phone });

  // 4 «Зарегистрироваться» sends the SMS; a slip is corrected without beginning anew.
  for (;;) {
    const words = { login, phone: formatPhone(phone) };
    const next = await choose('registration-ready', ['sign-up', 'correct-login', 'correct-phone'], words);
    if (next === 'sign-up') break;
    ({ login, phone } =
      next === 'correct-login' ? { login: await askLogin(scene, phone), phone } : await askOtherPhone(scene, { login, phone }));
    const { outcome } = await office.passwordDrafts.moveTo(draft, { login, phone });
    if (outcome === 'unfit') draft = await newPassword(scene, { login, phone }, { text: 'password-other-needed' });
  }

  // 5, 6 The code, which accepts itself.
  const send = async () => {
    await office.passwordDrafts.keep(draft);
    return office.confirmations.send('registration', phone);
  };
  const proof = await confirmPhone(scene, send, 'registration-code', { phone: formatPhone(phone) });
  if (proof !== undefined) return finish(scene, { login, phone, draft, proof }, ref);
};

/** Signs the resident in, or says what stands in the way. That a phone is taken is told only after its code: before, anyone could probe numbers. */
async function finish(
  scene: Scene<Office>,
  form: { login: Login; phone: Phone; draft: string; proof: string },
  toLink: string,
): Promise<void> {
  const { say, sayWithMenu, choose, goTo, office } = scene;
  const { phone, proof } = form;
  let { login, draft } = form;
  let takePhone = false;
  for (;;) {
    const done = await office.registration.register({ login, draft, proof, takePhone });
    switch (done.outcome) {
      case 'registered':
        await (toLink === ''
          ? sayWithMenu('registration-done', { login: done.login })
          : sayWithMenu('registration-done-to-link', { login: done.login, account: toLink }));
        return goTo('linking', toLink);
      case 'phone-taken': {
        // It takes the phone from somebody, and may be oneself: asked once more.
        for (const question of ['registration-phone-taken', 'registration-phone-mine-sure']) {
          const way = await choose(question, ['recover-login', 'phone-is-mine'], { login: done.login });
          if (way === 'recover-login') return goTo('recovery', proof);
        }
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
