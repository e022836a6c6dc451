import { type Model, Unspoken } from '../model/model.ts';
import { errand } from './errand.ts';

/** Time passes; what was done is done again. */

export const waits = errand<{ minutes: number }>({
  weight: 26,
  think: (chance) => ({
    minutes: chance.pick([2, 2, 2, 5, 35, 35, 70, 70, chance.integer(120, 800), 1441, 1441, chance.integer(2, 6) * 1440]),
  }),
  expect(model, _who, { minutes }) {
    model.now += minutes * 60_000;
    return 'later';
  },
  async act(chats, _who, { minutes }) {
    await chats.pass(minutes);
    return 'later';
  },
});

/** Telegram brings the last update of a person again: nothing comes of it, whatever was done meanwhile. */
export const comesAgain = errand<Record<never, never>>({
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

const hasDone = (model: Model, who: string): boolean => model.hits.some(({ what, of }) => what === 'errand' && of === who);
