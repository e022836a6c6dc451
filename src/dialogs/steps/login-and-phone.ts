import { Login, loginOfPhone, phoneOfLogin } from '../../domain/login.ts';
import { formatPhone, Phone } from '../../domain/phone.ts';
import type { Office } from '../../office/office.ts';
import type { Phrase, Scene } from '../kit/scene.ts';

/** Point 3: the login, which may be the phone, and the phone; a login that looks like a phone may only be the registrant's own. */
export async function askLoginAndPhone(scene: Scene<Office>): Promise<{ login: Login; phone: Phone }> {
  let because: Phrase | undefined;
  for (;;) {
    const typed = await askFreeLogin(scene, because ? 'registration-login-again' : 'registration-login', because);
    const phone = await scene.askPhone('registration-phone', Phone);
    if (typed === undefined || fits(typed, phone)) return { login: typed ?? loginOfPhone(phone), phone };
    because = notYours(typed, phone, 'yes');
  }
}

/** Another login for a phone that is known already. */
export async function askLogin(scene: Scene<Office>, phone: Phone): Promise<Login> {
  let because: Phrase | undefined;
  for (;;) {
    const typed = await askFreeLogin(scene, 'registration-login-again', because);
    if (typed === undefined || fits(typed, phone)) return typed ?? loginOfPhone(phone);
    because = notYours(typed, phone, 'no');
  }
}

/** Another phone; a login that was the former one is the new one then. */
export async function askOtherPhone(
  { askPhone }: Scene<Office>,
  { login, phone }: { login: Login; phone: Phone },
): Promise<{ login: Login; phone: Phone }> {
  const other = await askPhone('registration-phone-again', Phone);
  return { login: login === loginOfPhone(phone) ? loginOfPhone(other) : login, phone: other };
}

/** `phoneNext`: the phone is asked for again, too. */
function notYours(login: Login, phone: Phone, phoneNext: 'yes' | 'no'): Phrase {
  return { text: 'registration-login-not-yours', words: { login, phone: formatPhone(phone), phoneNext } };
}

/** Undefined: «Логин — мой телефон». */
async function askFreeLogin(
  { askOr, office }: Scene<Office>,
  first: string,
  reason: Phrase | undefined,
): Promise<Login | undefined> {
  let question = first;
  let because = reason;
  for (;;) {
    const reply = await askOr(question, Login, { buttons: ['login-is-phone'], because });
    question = 'registration-login-again';
    if ('pressed' in reply) return undefined;
    const checked = await office.registration.checkLogin(reply.answer);
    switch (checked.outcome) {
      case 'free':
        return reply.answer;
      case 'taken':
        because = { text: 'registration-login-taken', words: { login: reply.answer } };
        break;
      case 'limit':
        because = { text: 'registration-login-limit', words: { until: checked.until } };
    }
  }
}

function fits(login: Login, phone: Phone): boolean {
  const own = phoneOfLogin(login);
  return own === undefined || own === phone;
}
