import { type Codes, loginOf, register, type Registering, signedIn, signIn, type SigningIn, signOut } from '../model/identity.ts';
import { RESIDENTS } from '../town.ts';
import type { Chance } from '../chance.ts';
import type { Chats, Said } from '../world.ts';
import { errand, leave, type Nothing } from './errand.ts';

/** Section 2: registration, sign-in, sign-out. */

export const SMS_REFUSED = {
  'code-wait': 'code-wait',
  'code-limit': 'code-limit',
  'code-limit-live': 'code-limit',
  'code-closed': 'code-closed',
};

export const registers = errand<Registering>({
  weight: 10,
  think(chance, model, who) {
    if (who.isStaff || (signedIn(model, who.name) && chance.percent(95))) return undefined;
    const other = chance.any(RESIDENTS) ?? who;
    const isOwn = chance.percent(85);
    const login = chance.percent(80) ? who.login : chance.percent(50) ? other.login : `${who.login}-${chance.integer(2, 9)}`;
    const password = chance.percent(90) ? newPassword(chance) : chance.pick(['ab', login, who.phone]);
    return { login, phone: isOwn ? who.phone : other.phone, password, ...codesOf(chance, isOwn || other === who) };
  },
  expect: register,
  async act(chats, who, { login, phone, password, ...codes }) {
    const begun = await chats.say(who, '/register');
    if (!begun.has('registration-consent-ask')) return begun.means({ 'registration-signed-in': 'signed-in-already' });
    const named = await chats.say(who, '[Даю согласие]', login === phone ? '[Логин — мой телефон]' : login);
    if (!named.has('registration-phone'))
      return leave(
        chats,
        who,
        named.means({ 'registration-login-taken': 'login-taken', 'registration-login-limit': 'login-limit' }),
      );
    // What is typed there and is a login or a phone is kept as such.
    if (password.startsWith(PASSWORD)) chats.secrets.add(password);
    const typed = await chats.say(who, phone, password);
    if (!typed.has('password-again')) return leave(chats, who, refusedPassword(typed));
    const sent = await chats.say(who, password, '[Зарегистрироваться]');
    if (!sent.has('registration-code')) return leave(chats, who, sent.means(SMS_REFUSED));
    return leave(
      chats,
      who,
      await typeCodes(chats, who, codes, { 'registration-done': 'registered', 'registration-phone-taken': 'phone-taken' }),
    );
  },
});

export const signsIn = errand<SigningIn>({
  weight: 14,
  think(chance, model, who) {
    if (who.isStaff || (signedIn(model, who.name) && chance.percent(90))) return undefined;
    const others = model.logins.filter(({ login }) => login !== who.login);
    const login = (chance.percent(75) ? loginOf(model, who.phone) : chance.any(others)) ?? chance.any(model.logins);
    const knowsPassword = login?.phone === who.phone ? chance.percent(85) : chance.percent(30);
    const guesses = chance.percent(55) ? 0 : chance.pick([1, 4, 5, 5, 6]);
    const wrong = Array.from({ length: guesses }, () => newPassword(chance));
    const passwords = [...wrong, ...(login && knowsPassword ? [login.password] : [newPassword(chance)])];
    const name = !login ? who.login : chance.percent(70) ? login.login : login.phone;
    return { name, passwords, ...codesOf(chance, login?.phone === who.phone || chance.percent(40)) };
  },
  expect: signIn,
  async act(chats, who, { name, passwords, ...codes }) {
    const begun = await chats.say(who, '/login');
    if (!begun.has('sign-in-name')) return begun.means({ 'sign-in-already': 'signed-in-already' });
    const outcomes: string[] = [];
    for (const [i, password] of passwords.entries()) {
      chats.secrets.add(password);
      // Once refused, only the password is asked for again.
      const said = await chats.say(who, ...(i === 0 ? [name] : []), password);
      if (said.has('sign-in-code')) outcomes.push(await typeCodes(chats, who, codes, { 'sign-in-done': 'signed-in' }));
      else outcomes.push(said.means({ 'sign-in-refused': 'refused', 'sign-in-done': 'signed-in', ...SMS_REFUSED }));
      if (outcomes.at(-1) !== 'refused') break;
    }
    return leave(chats, who, outcomes.join(', '));
  },
});

export const signsOut = errand<Nothing>({
  weight: 4,
  think: (chance, model, who) => (!who.isStaff && (signedIn(model, who.name) || chance.percent(5)) ? {} : undefined),
  expect: signOut,
  async act(chats, who) {
    const begun = await chats.say(who, '/logout');
    if (!begun.has('sign-out-sure')) return begun.means({ 'sign-out-guest': 'guest' });
    return (await chats.say(who, '[Выйти]')).means({ 'sign-out-done': 'signed-out' });
  },
});

const PASSWORD = 'pw_';
export const newPassword = (chance: Chance): string => `${PASSWORD}${chance.integer(1_000_000, 9_999_999)}-x`;

export function codesOf(chance: Chance, knowsCode: boolean) {
  const resends = chance.percent(75) ? 0 : chance.pick([1, 2, 3]);
  return { knowsCode, resends, wrongCodes: chance.percent(80) ? (knowsCode ? 0 : 1) : chance.pick([1, 3, 4, 4, 5]) };
}

export const refusedPassword = (said: Said): string =>
  said.has('problem-password-short', 'problem-password-is-login', 'problem-password-is-phone', 'problem-password-common')
    ? 'password-refused'
    : said.means({});

/** Another one is asked for, then wrong ones are typed, then the right one where the person has it. */
export async function typeCodes(
  chats: Chats,
  who: string,
  { resends, wrongCodes, knowsCode }: Codes,
  outcomes: Readonly<Record<string, string>>,
): Promise<string> {
  for (let i = 0; i < resends; i += 1) {
    await chats.pass(2);
    const said = await chats.say(who, '[Отправить код ещё раз]');
    if (!said.has('registration-code', 'sign-in-code', 'recovery-code', 'change-phone-code')) return said.means(SMS_REFUSED);
  }
  for (let i = 0; i < wrongCodes; i += 1) {
    const said = await chats.say(who, '{код2}');
    if (!said.has('code-wrong')) return said.means({ 'code-closed': 'code-closed' });
  }
  return knowsCode ? (await chats.say(who, '{код}')).means(outcomes) : 'code-wrong';
}
