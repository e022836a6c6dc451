import { type Codes, confirmPhone, lockedNow, looksLikePhone, loginOf, openSession, signedIn } from './identity.ts';
import { mindRelatives } from './relatives.ts';
import { hit, type Login, type Model, Unspoken } from './model.ts';

/** Section 2: a forgotten password, «Настройки», consent withdrawn. */

export type Recovering = Codes & { phone: string; password: string };

/** «Забыли пароль?» sets a new one after an SMS code and signs out every other Telegram account. */
export function recover(model: Model, who: string, { phone, password, ...codes }: Recovering): string {
  if (signedIn(model, who)) return 'signed-in-already';
  const login = model.logins.find((one) => one.phone === phone);
  if (!login) throw new Unspoken('what counts where the code goes to nobody');
  const checked = confirmPhone(model, who, phone, 'recovery', codes);
  if (checked !== 'confirmed') return checked;
  if (isUnfit(login, password)) return 'password-refused';
  login.password = password;
  const others = [...login.sessions.keys()].filter((other) => other !== who && signedIn(model, other) === login);
  for (const other of others) model.told.push({ who: other, notice: 'notice-recovered' });
  login.sessions.clear();
  for (const one of login.confirmed) if (one !== who) login.maybeConfirmed.add(one);
  login.confirmed = new Set([who]);
  login.maybeConfirmed.delete(who);
  doubtTries(model, login);
  openSession(model, login, who);
  return 'recovered';
}

const isUnfit = ({ login, phone }: Login, password: string): boolean =>
  password.length < 3 || password.toLowerCase() === login.toLowerCase() || password === phone;

/** Whether wrong passwords of before still count, is not said. */
function doubtTries({ tries }: Model, { login }: Login): void {
  for (const [key, one] of tries)
    if (key.startsWith(`${login}/`))
      tries.set(key, { ...one, inARow: 0, inADay: 0, doubtful: one.doubtful + one.inARow, lockedUntil: 0, lockedUntilInADay: 0 });
}

/** `old`: the present password, as it is typed. */
export type ChangingPassword = { old: string; password: string };

export function changePassword(model: Model, who: string, { old, password }: ChangingPassword): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  if (!isOldPassword(model, login, who, old)) return 'old-wrong';
  if (isUnfit(login, password)) return 'password-refused';
  login.password = password;
  tellOthers(model, login, who, 'notice-password-changed');
  return 'changed';
}

/** Whether a wrong one counts with those of the sign-in, is not said. */
function isOldPassword(model: Model, login: Login, who: string, old: string): boolean {
  const key = `${login.login}/${who}`;
  if (lockedNow(model, key)) throw new Unspoken('whether the door of the sign-in is that of the settings');
  if (old === login.password) {
    const tries = model.tries.get(key);
    if (tries) model.tries.set(key, { ...tries, inARow: 0, inADay: 0, doubtful: tries.doubtful + tries.inARow });
    return true;
  }
  const none = { inARow: 0, inADay: 0, doubtful: 0, lastAt: model.now, lockedUntil: 0, lockedUntilInADay: 0 };
  const tries = model.tries.get(key) ?? none;
  model.tries.set(key, { ...tries, doubtful: tries.doubtful + 1 });
  return false;
}

export type ChangingPhone = Codes & { old: string; phone: string; takes: boolean };

/** The new phone's code. A taken phone is told only after its code; «Этот номер теперь мой» takes it from the old login. */
export function changePhone(model: Model, who: string, { old, phone, takes, ...codes }: ChangingPhone): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  if (looksLikePhone(login.login)) throw new Unspoken('a login that is the phone that was');
  if (login.phone === phone) throw new Unspoken('the phone that it is already');
  if (!isOldPassword(model, login, who, old)) return 'old-wrong';
  const checked = confirmPhone(model, who, phone, 'new-phone', codes);
  if (checked !== 'confirmed') return checked;
  const before = loginOf(model, phone);
  if (before && !takes) return 'phone-taken';
  if (before) {
    if (looksLikePhone(before.login)) throw new Unspoken('a login that is the phone of somebody else');
    before.phone = '';
    for (const other of before.sessions.keys())
      if (signedIn(model, other) === before) model.told.push({ who: other, notice: 'notice-phone-taken' });
  }
  login.phone = phone;
  tellOthers(model, login, who, 'notice-phone-changed');
  return 'changed';
}

/** «Выйти» beside the other Telegram account. */
export function endSession(model: Model, who: string): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  const [other, ...more] = [...login.sessions.keys()].filter((one) => one !== who && signedIn(model, one) === login);
  if (other === undefined) return 'nobody-else';
  if (more.length > 0) throw new Unspoken('which of several is meant');
  login.sessions.delete(other);
  // Whether whoever was shown out has to show the phone again, is not said.
  if (login.confirmed.delete(other)) login.maybeConfirmed.add(other);
  model.told.push({ who: other, notice: 'notice-signed-out' });
  return 'ended';
}

/** Links, sessions and personal data go. */
export function withdraw(model: Model, who: string, { old }: { old: string }): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  const people = new Set([...login.confirmed, ...login.maybeConfirmed, who]);
  if (model.requests.some((one) => people.has(one.who) && one.login !== login.login))
    throw new Unspoken('what of the requests that a guest had made');
  if (model.guestReadings.some((one) => people.has(one.who))) throw new Unspoken('what of the readings of a guest');
  if (model.invoices.some((one) => people.has(one.who) && one.login !== login.login))
    throw new Unspoken('what of the payments that a guest had made');
  for (const account of login.links) mindRelatives(model, account, login.login);
  if (!isOldPassword(model, login, who, old)) return 'old-wrong';
  tellOthers(model, login, who, 'notice-consent-withdrawn');
  for (const account of login.endedLinks) for (const one of people) hit(model, 'ended-link', `${one} ${account}`);
  doubtTries(model, login);
  model.logins = model.logins.filter((one) => one !== login);
  model.toldByDay = model.toldByDay.filter((one) => one.login !== login.login);
  model.requests = model.requests.filter((one) => one.login !== login.login);
  for (const invoice of model.invoices.filter((one) => one.login === login.login)) invoice.isNobodys = true;
  for (const taken of model.taken) if (model.invoices[taken.invoice]?.isNobodys) taken.who = 'nobody';
  for (const reading of model.readings) if (reading.by === login.login) reading.by = 'nobody';
  return 'withdrawn';
}

function tellOthers(model: Model, login: Login, who: string, notice: string): void {
  for (const other of login.sessions.keys())
    if (other !== who && signedIn(model, other) === login) model.told.push({ who: other, notice });
}
