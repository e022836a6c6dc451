import { centreDay, DAY, MINUTE, type Model, Unspoken } from '../model/model.ts';
import { errand, type Nothing } from './errand.ts';

/** Time passes; what was done is done again. */

export const waits = errand<{ minutes: number }>({
  weight: 22,
  isUnheard: true,
  think(chance, model) {
    const { day } = centreDay(model);
    // Most of a month nobody may hand readings in: then it is soon the 20th.
    if ((day < 20 || day > 25) && chance.percent(25)) return { minutes: ((20 - day + (day > 25 ? 30 : 0)) * DAY) / MINUTE };
    const days = chance.integer(2, 6) * 1440;
    return { minutes: chance.pick([2, 2, 2, 5, 35, 35, 70, 70, chance.integer(120, 800), 1441, days]) };
  },
  expect(model, _who, { minutes }) {
    model.now += minutes * MINUTE;
    return 'later';
  },
  async act(chats, _who, { minutes }) {
    await chats.pass(minutes);
    return 'later';
  },
});

/** Telegram brings the last update of a person again: nothing comes of it, whatever was done meanwhile. */
export const comesAgain = errand<Nothing>({
  weight: 6,
  think: (_chance, model, who) => (hasDone(model, who.name) ? {} : undefined),
  expect(model, who) {
    if (!hasDone(model, who)) throw new Unspoken('nobody has done anything');
    return 'nothing';
  },
  async act(chats, who) {
    const { text } = await chats.say(who, '(ещё раз)');
    return text === '' ? 'nothing' : `«${text}»`;
  },
});

const hasDone = ({ active }: Model, who: string): boolean => active.has(who);
