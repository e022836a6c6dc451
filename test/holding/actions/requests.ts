import {
  add,
  answer,
  type Answering,
  ask,
  close,
  correct,
  type Correcting,
  correctOwn,
  hear,
  rate,
  reopen,
  silence,
  type Silencing,
} from '../model/requests.ts';
import type { Model } from '../model/model.ts';
import type { Chance } from '../chance.ts';
import { errand, leave } from './errand.ts';

/** Section 5: residents ask, staff answer. */

export const asks = errand<{ words: string }>({
  weight: 8,
  think: (chance, _model, who) => (who.isStaff ? undefined : { words: ownWords(chance, 'Почему так вышло') }),
  expect: ask,
  async act(chats, who, { words }) {
    const begun = await chats.say(who, '/request', words);
    if (!begun.has('request-ready')) return leave(chats, who, begun.means({ 'request-enough-open': 'enough-open', ...SILENCED }));
    const sent = await chats.say(who, '[Отправить]');
    const [, number] = /Обращение № (\d+) отправлено/.exec(sent.text) ?? [];
    if (number === undefined) return leave(chats, who, sent.means({ 'request-enough-open': 'enough-open' }));
    chats.threads.set(words, Number(number));
    return 'opened';
  },
});

export const adds = errand<{ words: string }>({
  weight: 4,
  think(chance, model, who) {
    const mine = model.requests.filter((request) => request.who === who.name);
    return mine.length === 1 ? { words: ownWords(chance, 'Посмотрите ещё раз квитанцию') } : undefined;
  },
  expect: add,
  act: async (chats, who, { words }) => (await chats.say(who, words)).means({ 'request-added': 'added', ...SILENCED }),
});

export const staffAnswer = errand<Answering>({
  weight: 40,
  think(chance, model, who) {
    const about = who.isStaff && chance.any(model.requests.filter(({ state }) => state !== 'closed'))?.words[0];
    return about ? { about, words: ownWords(chance, 'Проверили, всё верно'), isNote: chance.percent(30) } : undefined;
  },
  expect: (model, _who, given) => answer(model, given),
  async act(chats, who, { about, words, isNote }) {
    await chats.sayInThread(who, about, isNote ? `// ${words}` : words);
    await chats.untilRead(who);
    return `read by ${chats.readersOf(words).join(', ') || 'nobody'}`;
  },
});

export const staffClose = errand<{ about: string }>({
  weight: 15,
  think(chance, model, who) {
    const about = who.isStaff && chance.any(model.requests.filter(({ state }) => state !== 'closed'))?.words[0];
    return about ? { about } : undefined;
  },
  expect: (model, _who, given) => close(model, given),
  async act(chats, who, { about }) {
    await chats.sayInThread(who, about, '[Закрыть]');
    return 'closed';
  },
});

/** What staff said before gets other words, or becomes a note for their own. */
export const staffEdit = errand<Correcting>({
  weight: 12,
  think(chance, model, who) {
    const one = who.isStaff && chance.any(model.requests.filter(({ answered }) => answered));
    if (!one || !one.answered) return undefined;
    const [about = ''] = one.words;
    return { about, words: one.answered.words, fresh: ownWords(chance, 'Проверили ещё раз'), asNote: chance.percent(25) };
  },
  expect: (model, _who, given) => correct(model, given),
  async act(chats, who, { about, words, fresh, asNote }) {
    const said = await chats.sayInThread(who, about, `(правка «${words}») ${asNote ? '// ' : ''}${fresh}`);
    const chat = said.chat + (await chats.untilRead(who));
    const readers = chats.readersOf(fresh).join(', ') || 'nobody';
    if (asNote && readers === 'nobody') return chat.includes('(удалено: ') ? 'deleted' : `«${chat}»`;
    return `read by ${readers}`;
  },
});

export const edits = errand<{ words: string; fresh: string }>({
  weight: 10,
  think(chance, model, who) {
    const words = model.requests.find((one) => one.who === who.name && one.added)?.added?.words;
    return words === undefined ? undefined : { words, fresh: ownWords(chance, 'Посмотрите обе квитанции') };
  },
  expect: correctOwn,
  async act(chats, who, { words, fresh }) {
    const said = await chats.say(who, `(правка «${words}») ${fresh}`);
    return new RegExp(`Сотрудники в теме \\d+:[^]*${fresh}`).test(said.chat) ? 'passed-on' : `«${said.chat}»`;
  },
});

export const rates = errand<{ about: string; mark: number }>({
  weight: 12,
  think: (chance, model, who) => closedOf(model, who.name, (about) => ({ about, mark: chance.integer(1, 5) })),
  expect: rate,
  async act(chats, who, { mark }) {
    const said = await chats.say(who, `[${mark} ⭐]`);
    return leave(chats, who, said.means({ 'request-rated-ask': 'rated', 'request-rated': 'rated' }));
  },
});

export const reopens = errand<{ about: string }>({
  weight: 5,
  think: (_chance, model, who) => closedOf(model, who.name, (about) => ({ about })),
  expect: reopen,
  act: async (chats, who) =>
    leave(chats, who, (await chats.say(who, '[Вернуть в работу]')).means({ 'request-reopened': 'reopened' })),
});

/** Staff do not listen to somebody for a while, or at all. */
export const staffSilence = errand<Silencing>({
  weight: 3,
  think(chance, model, who) {
    const about = who.isStaff && chance.any(model.requests.filter(({ state }) => state !== 'closed'))?.words[0];
    return about ? { about, days: chance.percent(50) ? chance.integer(1, 3) : undefined } : undefined;
  },
  expect: (model, _who, given) => silence(model, given),
  async act(chats, who, { about, days }) {
    const { chat } = await chats.sayInThread(who, about, days === undefined ? '/ban' : `/silence ${days}d`);
    return chat.includes('бот больше не принимает') ? 'banned' : chat.includes('бот не принимает до') ? 'silenced' : `«${chat}»`;
  },
});

export const staffHear = errand<{ about: string }>({
  weight: 12,
  think(chance, model, who) {
    const those = model.requests.filter((one) => model.silenced.has(`person ${one.who}`));
    const about = who.isStaff && chance.any(those)?.words[0];
    return about ? { about } : undefined;
  },
  expect: (model, _who, given) => hear(model, given),
  async act(chats, who, { about }) {
    const { chat } = await chats.sayInThread(who, about, '/unban');
    return /Сообщения этого жителя бот снова принимает|Бот и так принимает/.test(chat) ? 'heard' : `«${chat}»`;
  },
});

const SILENCED = { 'request-silenced-for-good': 'silenced', 'request-silenced': 'silenced' };

/** A request of this person that is closed. */
function closedOf<Given>(model: Model, who: string, given: (about: string) => Given): Given | undefined {
  const about = model.requests.find((one) => one.who === who && one.state === 'closed')?.words[0];
  return about === undefined ? undefined : given(about);
}

/** Which nobody else says. */
export const ownWords = (chance: Chance, words: string): string => `${words}, дело ${chance.integer(100_000, 999_999)}`;
