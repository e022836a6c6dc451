import { Login, loginOfPhone, phoneOfLogin } from '../../domain/login.ts';
import { Phone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Scene } from '../kit/scene.ts';

/** Point 3: the login, which may be the phone, and the phone; a login that looks like a phone may only be the registrant's own. */
export async function askLoginAndPhone(scene: Scene<Office>): Promise<{ login: Login; phone: Phone }> {
  for (;;) {
    const typed = await askFreeLogin(scene, 'registration-login');
    const phone = await scene.askPhone('registration-phone', Phone);
    if (fits(typed, phone)) return { login: typed ?? loginOfPhone(phone), phone };
    await scene.say('registration-login-not-yours');
  }
}

/** Another login for a phone that is known already. */
export async function askLogin(scene: Scene<Office>, phone: Phone): Promise<Login> {
  for (;;) {
    const typed = await askFreeLogin(scene, 'registration-login-again');
    if (fits(typed, phone)) return typed ?? loginOfPhone(phone);
    await scene.say('registration-login-not-yours');
  }
}

/** Undefined: «Логин — мой телефон». */
async function askFreeLogin({ say, askOr, office }: Scene<Office>, question: string): Promise<Login | undefined> {
  for (;;) {
    const reply = await askOr(question, Login, { buttons: ['login-is-phone'] });
    if ('pressed' in reply) return undefined;
    const checked = await office.registration.checkLogin(reply.answer);
    switch (checked.outcome) {
      case 'free':
        return reply.answer;
      case 'taken':
        await say('registration-login-taken', { login: reply.answer });
        break;
      case 'limit':
        await say('registration-login-limit', { until: checked.until });
    }
  }
}

function fits(login: Login | undefined, phone: Phone): boolean {
  const own = login && phoneOfLogin(login);
  return own === undefined || own === phone;
}
