import { decide, type Deciding, disown } from '../model/disowned.ts';
import { errand, leave, type Nothing } from './errand.ts';

/** Section 3: «Это не я», and what staff decide. */

export const disowns = errand<Nothing>({
  weight: 10,
  think: (_chance, model, who) => (model.announced.some(({ to }) => to === who.name) ? {} : undefined),
  expect: disown,
  async act(chats, who) {
    const asked = await chats.say(who, '[Это не я]');
    if (!asked.has('not-me-report', 'not-me-end-or-report')) return leave(chats, who, asked.means({ 'not-me-gone': 'gone' }));
    const said = await chats.say(who, '[Сообщить сотрудникам]');
    const [, topic] = /новая тема (\d+): «🆕 № \d+ · «Это не я»/.exec(said.chat) ?? [];
    if (topic !== undefined) chats.threads.set(`report ${chats.model().reports.length - 1}`, Number(topic));
    return said.means({ 'not-me-reported': 'reported', 'not-me-gone': 'gone' });
  },
});

export const staffDecide = errand<Deciding>({
  weight: 15,
  think(chance, model, who) {
    const nth = model.reports.findIndex(({ isOpen }) => isOpen);
    return who.isStaff && nth >= 0 ? { nth, ends: chance.percent(60) } : undefined;
  },
  expect: (model, _who, given) => decide(model, given),
  async act(chats, who, { nth, ends }) {
    const said = await chats.sayInThread(who, `report ${nth}`, ends ? '[Закрыть новое подключение]' : '[Оставить]');
    return said.chat.includes('закрыто. Жителям') ? 'ended' : said.chat.includes('остаётся') ? 'kept' : `«${said.chat}»`;
  },
});
