import { DAY, hit, hitsWithin, HOUR, MINUTE, type Login, type Model, Unspoken } from './model.ts';
import type { NewsKind } from './news.ts';

/** Section 2 of PRODUCT.md: registration, sign-in, codes by SMS and their limits. */

const SESSION = { longest: 180 * DAY, idle: 60 * DAY };
const [FREE_TRIES, FIRST_LOCK, LONGEST_LOCK] = [5, 30_000, HOUR];
const CODE_TRIES = 5;

export function loginOf({ logins }: Model, name: string): Login | undefined {
  return logins.find(({ login, phone }) => login.toLowerCase() === name.toLowerCase() || phone === name);
}

/** The login that is open in this person's Telegram account now: 180 days, 60 idle. */
export function signedIn({ logins, now }: Model, who: string): Login | undefined {
  return logins.find(({ sessions }) => {
    const session = sessions.get(who);
    return session && now - session.openedAt < SESSION.longest && now - session.seenAt < SESSION.idle;
  });
}

/** Somebody does something in the own chat. */
export function seen(model: Model, who: string): void {
  const session = signedIn(model, who)?.sessions.get(who);
  if (session) session.seenAt = model.now;
}

/** What waited for the day is told to whoever is still signed in. */
export function tellWhatWaited(model: Model): void {
  const due = model.toldByDay.filter(({ at }) => at <= model.now);
  model.toldByDay = model.toldByDay.filter(({ at }) => at > model.now);
  for (const { who, notice, login } of due) if (signedIn(model, who)?.login === login) model.told.push({ who, notice });
}

/** So often another code is asked for, two minutes later each; then wrong ones are typed, and the right one by whoever has the phone. */
export type Codes = { resends: number; wrongCodes: number; knowsCode: boolean };
export type Registering = Codes & { login: string; phone: string; password: string };

export function register(model: Model, who: string, { login, phone, password, ...codes }: Registering): string {
  if (signedIn(model, who)) return 'signed-in-already';
  // «A login that looks like a phone may only be the registrant's own»; whose it is, the code says in the end.
  if (looksLikePhone(login) && login !== phone) throw new Unspoken('a login that is another phone');
  if (login !== phone) {
    if (hitsWithin(model, 'login-question', who, DAY) >= 10) return 'login-limit';
    hit(model, 'login-question', who);
    if (model.logins.some((one) => one.login.toLowerCase() === login.toLowerCase())) return 'login-taken';
  }
  if (password.length < 3 || password.toLowerCase() === login.toLowerCase() || password === phone) return 'password-refused';
  const checked = confirmPhone(model, who, phone, 'registration', codes);
  if (checked !== 'confirmed') return checked;
  if (model.logins.some((one) => one.phone === phone)) return 'phone-taken';
  const nothing = { links: new Set<string>(), endedLinks: new Set<string>(), givenBy: new Map(), muted: new Set<NewsKind>() };
  const opened: Login = {
    login,
    phone,
    password,
    confirmed: new Set([who]),
    maybeConfirmed: new Set(),
    sessions: new Map(),
    ...nothing,
  };
  model.logins.push(opened);
  openSession(model, opened, who);
  return 'registered';
}

export const looksLikePhone = (login: string): boolean => /^8\d{10}$/.test(login);

/** Passwords are typed one after another until one is let in. */
export type SigningIn = Codes & { name: string; passwords: readonly string[] };

export function signIn(model: Model, who: string, { name, passwords, ...codes }: SigningIn): string {
  if (signedIn(model, who)) return 'signed-in-already';
  const login = loginOf(model, name);
  if (login?.maybeConfirmed.has(who)) throw new Unspoken('whether who was confirmed before a new password was set still is');
  if (login?.phone === '') throw new Unspoken('how a login without a phone is entered');
  const refusals: string[] = [];
  for (const password of passwords) {
    if (login && passwordHolds(model, login, who, password)) return [...refusals, enter(model, who, login, codes)].join(', ');
    // The same words whether the login exists, the password is wrong or the door is locked.
    refusals.push('refused');
  }
  return refusals.join(', ');
}

function enter(model: Model, who: string, login: Login, codes: Codes): string {
  if (!login.confirmed.has(who)) {
    const checked = confirmPhone(model, who, login.phone, 'sign-in', codes);
    if (checked !== 'confirmed') return checked;
    login.confirmed.add(who);
    for (const other of login.sessions.keys())
      if (signedIn(model, other) === login) model.told.push({ who: other, notice: 'notice-signed-in-elsewhere' });
  }
  openSession(model, login, who);
  return 'signed-in';
}

export function signOut(model: Model, who: string): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  login.sessions.delete(who);
  return 'signed-out';
}

export function openSession(model: Model, login: Login, who: string): void {
  for (const other of model.logins) other.sessions.delete(who);
  login.sessions.set(who, { openedAt: model.now, seenAt: model.now });
}

/**
 * A confirmed Telegram account has a counter of its own, all strangers together have another: five are free, then 30 s doubling to an hour.
 * Whether a counter is forgotten after a day the page does not say: both are reckoned, and where they differ nothing is said.
 */
function passwordHolds(model: Model, login: Login, who: string, password: string): boolean {
  const key = `${login.login}/${login.confirmed.has(who) ? who : 'strangers'}`;
  if (lockedNow(model, key)) return false;
  if (password === login.password) {
    model.tries.delete(key);
    return true;
  }
  const none = { inARow: 0, inADay: 0, doubtful: 0, lastAt: 0, lockedUntil: 0, lockedUntilInADay: 0 };
  const tries = model.tries.get(key) ?? none;
  const inARow = tries.inARow + 1;
  const inADay = (model.now - tries.lastAt > DAY ? 0 : tries.inADay) + 1;
  if (tries.doubtful > 0 && inARow + tries.doubtful >= FREE_TRIES)
    throw new Unspoken('whether wrong passwords of elsewhere count');
  const [lockedUntil = 0, lockedUntilInADay = 0] = [inARow, inADay].map((failures) => model.now + lockAfter(failures));
  model.tries.set(key, { inARow, inADay, doubtful: tries.doubtful, lastAt: model.now, lockedUntil, lockedUntilInADay });
  return false;
}

/** Whether the door is locked now, by either reckoning. */
export function lockedNow({ tries, now, slack }: Model, key: string): boolean {
  const { lockedUntil = 0, lockedUntilInADay = 0, doubtful = 0, inARow = 0 } = tries.get(key) ?? {};
  if (doubtful > 0 && inARow + doubtful >= FREE_TRIES) throw new Unspoken('whether wrong passwords of elsewhere count');
  if ([lockedUntil, lockedUntilInADay].some((until) => Math.abs(now - until) < slack))
    throw new Unspoken('whether the door is just open again');
  const [locked, lockedInADay] = [now < lockedUntil, now < lockedUntilInADay];
  if (locked !== lockedInADay) throw new Unspoken('whether wrong passwords of another day count');
  return locked;
}

function lockAfter(failures: number): number {
  return failures < FREE_TRIES ? 0 : Math.min(FIRST_LOCK * 2 ** (failures - FREE_TRIES), LONGEST_LOCK);
}

/** A new code after 60 s; three an hour and five a day for each phone and each person; five wrong codes close it for a day. */
function sendSms(model: Model, who: string, phone: string, purpose: string): string {
  const of = [`phone ${phone}`, `person ${who}`];
  const within = (ms: number) => Math.max(...of.map((one) => hitsWithin(model, 'sms', one, ms)));
  // «A new code after 60 s»: whether also of another phone, or for somebody else with the same, is not said.
  const isSoon = hitsWithin(model, 'sms', `phone ${phone} of ${who}`, MINUTE) > 0;
  if (!isSoon && within(MINUTE) > 0) throw new Unspoken('how soon another phone or another person is sent a code');
  const reasons = [
    hitsWithin(model, 'wrong-code', `${phone} ${purpose} ${who}`, DAY) >= CODE_TRIES && 'code-closed',
    isSoon && 'code-wait',
    (within(HOUR) >= 3 || within(DAY) >= 5) && 'code-limit',
  ].filter((one) => one !== false);
  if (reasons.length > 1) throw new Unspoken(`which comes first: ${reasons.join(', ')}`);
  if (reasons[0]) return reasons[0];
  // «One SMS a day is kept for the owner»: of the hour's, it is not said.
  const owner = loginOf(model, phone);
  if (owner && !owner.confirmed.has(who)) {
    if (hitsWithin(model, 'sms', `phone ${phone}`, DAY) >= 4 || hitsWithin(model, 'sms', `phone ${phone}`, HOUR) >= 2)
      throw new Unspoken('what of the SMS that is kept for the owner');
  }
  for (const one of [...of, `phone ${phone} of ${who}`]) hit(model, 'sms', one);
  return 'sent';
}

export function confirmPhone(model: Model, who: string, phone: string, purpose: string, codes: Codes): string {
  for (let sms = 0; sms <= codes.resends; sms += 1) {
    if (sms > 0) model.now += 2 * MINUTE;
    const sent = sendSms(model, who, phone, purpose);
    if (sent !== 'sent') return sent;
  }
  return checkCodes(model, who, phone, purpose, codes);
}

function checkCodes(model: Model, who: string, phone: string, purpose: string, { wrongCodes, knowsCode }: Codes) {
  const key = `${phone} ${purpose} ${who}`;
  for (let i = 0; i < wrongCodes; i += 1) {
    hit(model, 'wrong-code', key);
    if (hitsWithin(model, 'wrong-code', key, DAY) >= CODE_TRIES) return 'code-closed';
  }
  return knowsCode ? 'confirmed' : 'code-wrong';
}
