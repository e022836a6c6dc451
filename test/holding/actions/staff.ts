import { announce, type Announcing, credit, type Crediting, take } from '../model/staff.ts';
import { writeTo } from '../model/requests.ts';
import { sumOf } from '../model/billing.ts';
import { signedIn } from '../model/identity.ts';
import { isAwake } from '../model/news.ts';
import { ACCOUNTS } from '../town.ts';
import { typedSum } from './accounts.ts';
import { errand, leave } from './errand.ts';
import { ownWords } from './requests.ts';

/** Section 5: staff take requests, announce, and credit money by hand. */

export const staffTakes = errand<{ about: string }>({
  weight: 12,
  think(chance, model, who) {
    const about = who.isStaff && chance.any(model.requests.filter(({ state }) => state === 'waits'))?.words[0];
    return about ? { about } : undefined;
  },
  expect: (model, _who, given) => take(model, given),
  async act(chats, who, { about }) {
    const said = await chats.sayInThread(who, about, '[Взять в работу]');
    return said.means({ 'desk-press-taken': 'taken', 'desk-press-taken-own': 'taken-own' });
  },
});

export const announces = errand<Announcing>({
  weight: 8,
  think(chance, model, who) {
    if (!who.isStaff || !isAwake(model) || model.logins.length === 0) return undefined;
    const street = chance.percent(60) ? chance.any(ACCOUNTS)?.street : undefined;
    return { ...(street !== undefined && { street }), words: ownWords(chance, 'Воды не будет до вечера') };
  },
  expect: (model, _who, given) => announce(model, given),
  async act(chats, who, { street, words }) {
    await chats.say(who, '/announce');
    const asked = await (street === undefined
      ? chats.say(who, '[Всем]')
      : chats.say(who, '[Улица]', street.replace(/^\S+ /, ''), `[г. Приморск-на-Миусе, ${street}]`));
    if (asked.has('announcement-nobody')) return leave(chats, who, 'nobody');
    const shown = await chats.say(who, words);
    if (!shown.chat.includes('[Отправить]')) return leave(chats, who, shown.means({ 'announcement-nobody': 'nobody' }));
    await chats.say(who, '[Отправить]');
    await chats.untilRead(who);
    const model = chats.model();
    const readers = chats.readingsOf(words).filter((name) => name !== who && signedIn(model, name));
    return leave(chats, who, `read by ${readers.toSorted().join(', ') || 'nobody'}`);
  },
});

/** To the payer of money that is for no account. */
export const staffWrite = errand<{ money: number; words: string }>({
  weight: 30,
  think(chance, model, who) {
    const kept = model.taken.flatMap(({ isKept, isReturned }, i) => (isKept && !isReturned ? [i + 1] : []));
    const money = chance.any(kept);
    return who.isStaff && money !== undefined ? { money, words: ownWords(chance, 'Каким банком вы платили') } : undefined;
  },
  expect: (model, _who, given) => writeTo(model, given),
  async act(chats, who, { money, words }) {
    const said = await chats.sayInThread(who, `money ${money}`, `/write ${words}`);
    await chats.untilRead(who);
    const [, topic] = /новая тема (\d+): «💬/.exec(said.chat) ?? [];
    if (topic !== undefined) chats.threads.set(words, Number(topic));
    return `read by ${chats.readersOf(words).join(', ') || 'nobody'}`;
  },
});

export const staffCredit = errand<Crediting>({
  weight: 12,
  think(chance, model, who) {
    const kept = model.taken.flatMap(({ isKept, isReturned, kopecks, lines }, i) => {
      const left = kopecks - sumOf(lines.map((line) => line.kopecks));
      return isKept && !isReturned && left > 0 ? [{ money: i + 1, left }] : [];
    });
    const one = chance.any(kept);
    if (!who.isStaff || !one) return undefined;
    const kopecks = chance.pick([one.left, one.left, Math.ceil(one.left / 2), one.left + 1]);
    return { money: one.money, account: chance.any(ACCOUNTS)?.number ?? '', kopecks };
  },
  expect: (model, _who, given) => credit(model, given),
  async act(chats, who, { money, account, kopecks }) {
    const about = `money ${money}`;
    const asked = await chats.sayInThread(who, about, `/credit ${account} ${typedSum(kopecks)} оплачен дважды`);
    if (!asked.chat.includes('[Зачислить]')) return asked.chat.includes('Столько не зачислить') ? 'too-much' : `«${asked.chat}»`;
    const done = await chats.sayInThread(who, about, '[Зачислить]');
    const [, operation] = /номер операции ([\w-]+)/.exec(done.chat) ?? [];
    if (operation === undefined) return `«${done.chat}»`;
    const place = (chats.model().taken[money - 1]?.lines.length ?? 1) - 1;
    chats.credited.set(`${money}/${place}`, operation);
    return 'credited';
  },
});
