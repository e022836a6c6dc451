import { shownLogin } from '../../domain/masked-login.ts';
import { LoginOrPhone } from '../../domain/login.ts';
import type { SignInAnswer } from '../../office/identity/sign-in.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Scene } from '../kit/scene.ts';
import { confirmPhone } from '../steps/confirm-phone.ts';

/** Points 7 and 8: login or phone, then the password; a messenger account that the login does not know yet needs a code besides. */
export const signIn: Dialog<Office> = async (scene) => {
  const { sayWithMenu, askOr, goTo, office } = scene;
  const who = await office.residents.who();
  if (who.who === 'resident') return sayWithMenu('sign-in-already', { login: shownLogin(who.login) });

  // 7 «Телефон или логин», «Пароль».
  let question = 'sign-in-name';
  for (;;) {
    const named = await askOr(question, LoginOrPhone, { buttons: ['register', 'forgot-password'] });
    if ('pressed' in named) return goTo(DOORS[named.pressed]);
    const entered = await enterPassword(scene, named.answer);
    if ('pressed' in entered && entered.pressed !== 'other-login') return goTo(DOORS[entered.pressed]);

    // 8 «Войти».
    if ('outcome' in entered) return comeIn(scene, entered);
    question = 'sign-in-name-again';
  }
};

const DOORS = { register: 'registration', 'forgot-password': 'recovery' } as const;

/** The password, until it is right: the same words whatever was wrong, and the login is kept, so that a slip is mended by one answer. */
async function enterPassword({ askSecret }: Scene<Office>, login: LoginOrPhone) {
  let again = false;
  for (;;) {
    const entered = await askSecret(
      again ? 'sign-in-password-again' : 'sign-in-password',
      (typed, { signIn: desk }) => desk.enter(login, typed),
      again
        ? { buttons: ['other-login', 'register', 'forgot-password'], because: { text: 'sign-in-refused' } }
        : { buttons: ['forgot-password'] },
    );
    if ('pressed' in entered || entered.outcome !== 'refused') return entered;
    again = true;
  }
}

async function comeIn(scene: Scene<Office>, entered: Exclude<SignInAnswer, { outcome: 'refused' }>): Promise<void> {
  switch (entered.outcome) {
    case 'signed-in':
      return welcome(scene, entered.login);
    case 'code-needed':
      return secondStep(scene, entered);
    case 'no-phone':
      return scene.say('sign-in-no-phone', {}, [{ label: 'button-contacts', dialog: 'contacts' }]);
  }
}

async function secondStep(scene: Scene<Office>, { ticket, phone }: { ticket: string; phone: string }): Promise<void> {
  const { say, office } = scene;
  const confirmed = await confirmPhone(scene, () => office.signIn.sendCode(ticket), 'sign-in-code', { phone });
  if (confirmed.outcome !== 'confirmed') return;
  const done = await office.signIn.complete(ticket, confirmed.proof);
  if (done.outcome === 'signed-in') return welcome(scene, done.login);
  return say('sign-in-too-late', {}, [{ label: 'button-login', dialog: 'sign-in' }]);
}

/** The menu comes with the words; whose phone somebody else took over meanwhile is led to confirm a new one. */
async function welcome({ sayWithMenu, goTo, office }: Scene<Office>, login: string): Promise<void> {
  await sayWithMenu('sign-in-done', { login });
  const who = await office.residents.who();
  if (who.who === 'resident' && who.phone === 'to-confirm') return goTo('change-phone');
}
