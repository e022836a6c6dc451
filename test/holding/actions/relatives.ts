import { seen, signedIn } from '../model/identity.ts';
import { DAY, Unspoken } from '../model/model.ts';
import { endAccess, giveAccess, takeAccess } from '../model/relatives.ts';
import { RESIDENTS } from '../town.ts';
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

/** Two follow the same link at the same moment: it is a one-time link. */
export const twoTakeAccess = errand<{ nth: number; both: readonly [string, string] }>({
  weight: 8,
  think(_chance, model, { name }) {
    const offer = model.offers.at(-1);
    const open = model.logins.filter(({ login, links }) => offer && login !== offer.giver && !links.has(offer.account));
    const people = RESIDENTS.map((one) => one.name).filter((one) => open.some((login) => login === signedIn(model, one)));
    const other = people.find((one) => signedIn(model, one) !== signedIn(model, name));
    if (!offer || offer.isUsed || !people.includes(name) || other === undefined) return undefined;
    return { nth: model.offers.length - 1, both: [name, other] };
  },
  expect(model, _who, { nth, both }) {
    const [one, other] = both.map((who) => signedIn(model, who));
    if (!one || !other || one === other) throw new Unspoken('two of one login');
    for (const who of both) {
      const would = takeAccess(structuredClone(model), who, { nth });
      if (would !== 'linked') throw new Unspoken('one of them cannot');
    }
    seen(model, both[1]);
    return both.join(' | ');
  },
  learn: (model, { nth }, came) => void takeAccess(model, came, { nth }),
  async act(chats, _who, { nth, both }) {
    for (const who of both) await chats.say(who, `/start ${chats.offers[nth]}`);
    await chats.sayTogether(both.map((who) => `${who}: [Подключить]`));
    const linked = chats.readersOf('Лицевой счёт подключён');
    for (const who of both) await chats.say(who, '/cancel');
    return linked.join(', ') || 'nobody';
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
