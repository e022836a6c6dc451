import { add, answer, type Answering, ask, close } from '../model/requests.ts';
import type { Chance } from '../chance.ts';
import { errand, leave } from './errand.ts';

/** Section 5: residents ask, staff answer. */

export const asks = errand<{ words: string }>({
  weight: 8,
  think: (chance, _model, who) => (who.isStaff ? undefined : { words: ownWords(chance, 'Почему так вышло') }),
  expect: ask,
  async act(chats, who, { words }) {
    const begun = await chats.say(who, '/request', words);
    if (!begun.has('request-ready')) return leave(chats, who, begun.means({ 'request-enough-open': 'enough-open' }));
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
  act: async (chats, who, { words }) => (await chats.say(who, words)).means({ 'request-added': 'added' }),
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

/** Which nobody else says. */
export const ownWords = (chance: Chance, words: string): string => `${words}, дело ${chance.integer(100_000, 999_999)}`;
