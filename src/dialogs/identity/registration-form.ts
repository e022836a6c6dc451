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
  const { sayWithMenu, goTo, office } = scene;
  const who = await office.residents.who();
  if (who.who === 'resident') return sayWithMenu('registration-signed-in', { login: shownLogin(who.login) });
  if (!(await office.consents.given())) return goTo('registration', ref);

  // 3 Login, phone, password, the password again.
  const named = await askLoginAndPhone(scene);
  let form: FormAnswers = { ...named, draft: await newPassword(scene, named) };
  for (;;) {
    // 4 «Зарегистрироваться» sends the SMS; a slip is corrected without beginning anew.
    form = await askWhetherRight(scene, form);

    // 5, 6 The code, which accepts itself; a number that takes no SMS may be a slip, too.
    const { phone, draft } = form;
    const send = async () => {
      await office.passwordDrafts.keep(draft);
      return office.confirmations.send('registration', phone);
    };
    const confirmed = await confirmPhone(scene, send, 'registration-code', { phone: formatPhone(phone) });
    if (confirmed.outcome === 'confirmed') return finish(scene, { ...form, proof: confirmed.proof }, ref);
    if (confirmed.outcome === 'closed') return;
    form = await correct(scene, form, 'phone');
  }
};

/** `draft`: the password, typed twice. */
type FormAnswers = { login: Login; phone: Phone; draft: string };

async function askWhetherRight(scene: Scene<Office>, form: FormAnswers): Promise<FormAnswers> {
  let right = form;
  for (;;) {
    const words = { login: right.login, phone: formatPhone(right.phone) };
    const next = await scene.choose('registration-ready', ['sign-up', 'correct-login', 'correct-phone'], words);
    if (next === 'sign-up') return right;
    right = await correct(scene, right, next === 'correct-login' ? 'login' : 'phone');
  }
}

/** The password stays, unless it is the new login or phone. */
async function correct(scene: Scene<Office>, { draft, ...form }: FormAnswers, what: 'login' | 'phone'): Promise<FormAnswers> {
  const owner =
    what === 'login' ? { login: await askLogin(scene, form.phone), phone: form.phone } : await askOtherPhone(scene, form);
  const { outcome } = await scene.office.passwordDrafts.moveTo(draft, owner);
  if (outcome === 'moved') return { ...owner, draft };
  return { ...owner, draft: await newPassword(scene, owner, { text: 'password-other-needed' }) };
}

/** Signs the resident in, or says what stands in the way. That a phone is taken is told only after its code: before, anyone could probe numbers. */
async function finish(scene: Scene<Office>, form: FormAnswers & { proof: string }, toLink: string): Promise<void> {
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
