import { tellWhatWaited } from '../model/identity.ts';
import { centreDay, DAY, HOUR, MINUTE, type Model, Unspoken } from '../model/model.ts';
import { tellNews } from '../model/news.ts';
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
    const end = model.now + minutes * MINUTE;
    for (const part of stops(model.now, minutes)) {
      model.now += part * MINUTE;
      if (model.now === end) break;
      tellWhatWaited(model);
      tellNews(model);
    }
    return 'later';
  },
  async act(chats, _who, { minutes }) {
    for (const part of stops(chats.model().now - minutes * MINUTE, minutes)) await chats.pass(part);
    return 'later';
  },
});

/** In parts: what there is to tell by day is told on the first day of a long time, as it would be, not at its end. */
function stops(from: number, minutes: number): number[] {
  const noon = Math.floor((from + 3 * HOUR) / DAY) * DAY + 12 * HOUR - 3 * HOUR;
  const toNoon = Math.ceil(((noon > from ? noon : noon + DAY) - from) / MINUTE);
  return toNoon < minutes - 60 ? [toNoon, minutes - toNoon] : [minutes];
}

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
