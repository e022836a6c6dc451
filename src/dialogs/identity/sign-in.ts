import { shownLogin } from '../../domain/masked-login.ts';
import { LoginOrPhone } from '../../domain/login.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Phrase, Scene } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';

/** Points 7 and 8: login or phone, then the password; a Telegram account that the login does not know yet needs a code besides. */
export const signIn: Dialog<Office> = async (scene) => {
  const { say, sayWithMenu, askOr, askSecret, goTo, office } = scene;
  const who = await office.residents.who();
  if (who.who === 'resident') return sayWithMenu('sign-in-already', { login: shownLogin(who.login) });

  let refused: { orSecret?: string; because?: Phrase } = {};
  for (;;) {
    // 7 «Телефон или логин», «Пароль». Who was refused may type the password once more where the login is asked for.
    const named = await askOr(refused.because ? 'sign-in-name-again' : 'sign-in-name', LoginOrPhone, {
      buttons: ['register', 'forgot-password'],
      ...refused,
    });
    if ('pressed' in named) return goTo(named.pressed === 'register' ? 'registration' : 'recovery');
    const entered = await askSecret('sign-in-password', (typed, { signIn }) => signIn.enter(named.answer, typed), {
      buttons: ['forgot-password'],
    });
    if ('pressed' in entered) return goTo('recovery');

    // 8 «Войти»: the same words whatever was wrong.
    switch (entered.outcome) {
      case 'signed-in':
        return welcome(scene, entered.login);
      case 'code-needed':
        return secondStep(scene, entered);
      case 'no-phone':
        return say('sign-in-no-phone', {}, [{ label: 'button-contacts', dialog: 'contacts' }]);
      case 'refused':
        refused = { orSecret: named.answer, because: { text: 'sign-in-refused' } };
    }
  }
};

async function secondStep(scene: Scene<Office>, { ticket, phone }: { ticket: string; phone: string }): Promise<void> {
  const { say, office } = scene;
  const proof = await confirmPhone(scene, () => office.signIn.sendCode(ticket), 'sign-in-code', { phone });
  if (proof === undefined) return;
  const done = await office.signIn.complete(ticket, proof);
  if (done.outcome === 'signed-in') return welcome(scene, done.login);
  return say('sign-in-too-late', {}, [{ label: 'button-login', dialog: 'sign-in' }]);
}

/** The menu comes with the words; whose phone somebody else took over meanwhile is led to confirm a new one. */
async function welcome({ sayWithMenu, goTo, office }: Scene<Office>, login: string): Promise<void> {
  await sayWithMenu('sign-in-done', { login });
  const who = await office.residents.who();
  if (who.who === 'resident' && who.phone === 'to-confirm') return goTo('change-phone');
}
