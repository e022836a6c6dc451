import { signedIn } from '../model/identity.ts';
import { DAY } from '../model/model.ts';
import { endAccess, giveAccess, takeAccess } from '../model/relatives.ts';
import type { Chats, Said } from '../world.ts';
import { errand, leave } from './errand.ts';

/** Section 4, «A relative»: a one-time link is made, followed, and the access is ended. */

export const givesAccess = errand<{ account: string }>({
  weight: 5,
  think(chance, model, who) {
    const account = chance.any([...(signedIn(model, who.name)?.links ?? [])]);
    return account === undefined ? undefined : { account };
  },
  expect: giveAccess,
  async act(chats, who, { account }) {
    await openAccess(chats, who, account);
    const made = await chats.say(who, '[Создать одноразовую ссылку]');
    const [, token] = /start=(\S+)/.exec(made.text) ?? [];
    if (token === undefined) return leave(chats, who, made.means({ 'give-access-limit': 'limit' }));
    chats.offers.push(token);
    return leave(chats, who, 'given');
  },
});

export const takesAccess = errand<{ nth: number }>({
  weight: 25,
  think(chance, model, who) {
    const newest = model.offers.at(-1);
    if (!signedIn(model, who.name) && chance.percent(85)) return undefined;
    if (who.isStaff || !newest || (model.now - newest.at > DAY / 2 && chance.percent(95))) return undefined;
    return { nth: chance.percent(80) ? model.offers.length - 1 : chance.integer(0, model.offers.length - 1) };
  },
  expect: takeAccess,
  async act(chats, who, { nth }) {
    const opened = await chats.say(who, `/start ${chats.offers[nth]}`);
    if (!opened.has('take-access'))
      return leave(
        chats,
        who,
        opened.means({
          'take-access-guest': 'guest',
          'take-access-used': 'used',
          'take-access-own': 'own',
          'linking-already': 'linked-already',
        }),
      );
    const linked = await chats.say(who, '[Подключить]');
    return leave(chats, who, linked.text.includes('Лицевой счёт подключён') ? 'linked' : linked.means({}));
  },
});

export const endsAccess = errand<{ account: string }>({
  weight: 4,
  think(chance, model, who) {
    const login = signedIn(model, who.name);
    const given = model.logins.flatMap(({ givenBy }) =>
      [...givenBy].filter(([, by]) => by === login?.login).map(([account]) => account),
    );
    const account = chance.any(given);
    return account === undefined ? undefined : { account };
  },
  expect: endAccess,
  async act(chats, who, { account }) {
    const listed = await openAccess(chats, who, account);
    if (!listed.chat.includes('[Закрыть доступ]')) return leave(chats, who, listed.means({ 'give-access': 'nobody-has-it' }));
    const ended = await chats.say(who, '[Закрыть доступ]', '[Да, закрыть]');
    return leave(chats, who, ended.means({ 'give-access-ended': 'ended' }));
  },
});

async function openAccess(chats: Chats, who: string, account: string): Promise<Said> {
  const listed = await chats.say(who, '/accounts');
  if (listed.has('accounts-list')) await chats.say(who, account);
  return chats.say(who, '[Дать доступ близкому]');
}
