import { signedIn } from '../model/identity.ts';
import {
  changePassword,
  type ChangingPassword,
  changePhone,
  type ChangingPhone,
  endSession,
  recover,
  type Recovering,
  withdraw,
} from '../model/settings.ts';
import { RESIDENTS } from '../town.ts';
import { codesOf, newPassword, refusedPassword, SMS_REFUSED, typeCodes } from './identity.ts';
import type { Chance } from '../chance.ts';
import type { Chats, Said } from '../world.ts';
import { errand, leave, type Nothing } from './errand.ts';

/** Section 2: a forgotten password, «Настройки», consent withdrawn. */

export const recovers = errand<Recovering>({
  weight: 6,
  think(chance, model, who) {
    if (who.isStaff || (signedIn(model, who.name) && chance.percent(90))) return undefined;
    const phone = chance.percent(75) ? who.phone : (chance.any(RESIDENTS) ?? who).phone;
    return { phone, password: anyPassword(chance, phone), ...codesOf(chance, phone === who.phone || chance.percent(25)) };
  },
  expect: recover,
  async act(chats, who, { phone, password, ...codes }) {
    const begun = await chats.say(who, '/login');
    if (!begun.has('sign-in-name')) return begun.means({ 'sign-in-already': 'signed-in-already' });
    const asked = await chats.say(who, '[Забыли пароль?]', phone);
    if (!asked.has('recovery-code')) return leave(chats, who, asked.means(SMS_REFUSED));
    const checked = await typeCodes(chats, who, codes, { 'recovery-found': 'confirmed' });
    return leave(
      chats,
      who,
      checked === 'confirmed' ? await setPassword(chats, who, password, { 'recovery-done': 'recovered' }) : checked,
    );
  },
});

export const changesPassword = errand<ChangingPassword>({
  weight: 4,
  think(chance, model, who) {
    const login = signedIn(model, who.name);
    return login && { old: oldPassword(chance, login.password), password: anyPassword(chance, login.login) };
  },
  expect: changePassword,
  async act(chats, who, { old, password }) {
    const asked = await openSetting(chats, who, '[Сменить пароль]', old);
    if (!asked.has('password-new')) return leave(chats, who, asked.means(NOT_OPEN));
    return leave(chats, who, await setPassword(chats, who, password, { 'change-password-done': 'changed' }));
  },
});

export const changesPhone = errand<ChangingPhone>({
  weight: 4,
  think(chance, model, who) {
    const login = signedIn(model, who.name);
    if (!login) return undefined;
    const isSpare = chance.percent(60);
    const phone = isSpare ? chance.pick([spareOf(who.phone), who.phone]) : (chance.any(RESIDENTS) ?? who).phone;
    const codes = codesOf(chance, isSpare || chance.percent(35));
    return { old: oldPassword(chance, login.password), phone, takes: chance.percent(60), ...codes };
  },
  expect: changePhone,
  async act(chats, who, { old, phone, takes, ...codes }) {
    const asked = await openSetting(chats, who, '[Сменить телефон]', old);
    if (!asked.has('change-phone-new')) return leave(chats, who, asked.means(NOT_OPEN));
    const sent = await chats.say(who, phone);
    if (!sent.has('change-phone-code')) return leave(chats, who, sent.means(SMS_REFUSED));
    const ends = { 'change-phone-done': 'changed', 'change-phone-taken': 'phone-taken' };
    const checked = await typeCodes(chats, who, codes, ends);
    if (checked !== 'phone-taken' || !takes) return leave(chats, who, checked);
    return leave(chats, who, (await chats.say(who, '[Этот номер теперь мой]')).means(ends));
  },
});

export const endsSession = errand<Nothing>({
  weight: 4,
  think: (_chance, model, who) => (signedIn(model, who.name) ? {} : undefined),
  expect: endSession,
  async act(chats, who) {
    const asked = await chats.say(who, '/settings');
    if (!asked.has('settings-overview')) return asked.means(NOT_OPEN);
    const listed = await chats.say(who, '[Где выполнен вход]');
    if (!listed.has('sessions-other')) return leave(chats, who, listed.means({ 'sessions-list': 'nobody-else' }));
    chats.bringUp(who, '[Выйти]', 'd.end-session');
    return leave(chats, who, (await chats.say(who, '[Выйти]')).means({ 'end-session-done': 'ended' }));
  },
});

export const withdraws = errand<{ old: string }>({
  weight: 2,
  think(chance, model, who) {
    const login = signedIn(model, who.name);
    return login && { old: oldPassword(chance, login.password) };
  },
  expect: withdraw,
  async act(chats, who, { old }) {
    const asked = await openSetting(chats, who, '[Отозвать согласие]', old);
    if (!asked.has('withdraw-consent-sure')) return leave(chats, who, asked.means(NOT_OPEN));
    const done = await chats.say(who, '[Отозвать и удалить мои данные]');
    return leave(chats, who, done.means({ 'withdraw-consent-done': 'withdrawn' }));
  },
});

const NOT_OPEN = { 'password-old-wrong': 'old-wrong', 'guest-only-residents': 'guest' };

const spareOf = (phone: string): string => `8913${phone.slice(4)}`;
const oldPassword = (chance: Chance, password: string): string => (chance.percent(80) ? password : newPassword(chance));
const anyPassword = (chance: Chance, unfit: string): string =>
  chance.percent(85) ? newPassword(chance) : chance.pick(['ab', unfit]);

/** What is answered to the old password, or where it is not asked for. */
async function openSetting(chats: Chats, who: string, button: string, old: string): Promise<Said> {
  const asked = await chats.say(who, '/settings');
  if (!asked.has('settings-overview')) return asked;
  chats.secrets.add(old);
  return chats.say(who, button, old);
}

async function setPassword(
  chats: Chats,
  who: string,
  password: string,
  outcomes: Readonly<Record<string, string>>,
): Promise<string> {
  if (password.startsWith('pw_')) chats.secrets.add(password);
  const typed = await chats.say(who, password);
  if (!typed.has('password-again')) return refusedPassword(typed);
  return (await chats.say(who, password)).means(outcomes);
}
