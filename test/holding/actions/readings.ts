import { formatReading } from '../../../src/domain/reading.ts';
import { signedIn } from '../model/identity.ts';
import { handIn, type HandingIn } from '../model/readings.ts';
import { billed } from '../model/billing.ts';
import { errand, leave } from './errand.ts';

/** Section 4: readings, all meters of an account in one message. */

export const handsIn = errand<HandingIn>({
  weight: 30,
  think(chance, model, who) {
    const account = chance.any([...(signedIn(model, who.name)?.links ?? [])]);
    if (account === undefined) return undefined;
    const odd = chance.percent(30) ? chance.integer(0, 1) : -1;
    const values = (billed(model, account)?.meters ?? []).map((meter, i) => {
      const last = model.readings.findLast((one) => one.meter === meter.number)?.value ?? meter.value;
      if (i === odd) return chance.pick([last - chance.integer(1, 9) * 1000, last + 3_000_000, last * 100]);
      // Whole numbers, and some with a fraction.
      return (Math.floor(last / 1000) + chance.integer(0, 5)) * 1000 + (chance.percent(30) ? 999 : 0);
    });
    return { account, values, sure: chance.percent(50) };
  },
  expect: handIn,
  async act(chats, who, { account, values, sure }) {
    let said = await chats.say(who, '/readings');
    if (said.has('readings-which-account')) said = await chats.say(who, account);
    const questions = ['readings-list', 'readings-meter', 'readings-given'];
    if (!said.has(...questions))
      return leave(chats, who, said.means({ 'readings-window-closed': 'window-closed', 'readings-no-meters': 'no-meters' }));
    said = await chats.say(who, values.map(formatReading).join('⏎'));
    if (said.has('readings-high') && sure) said = await chats.say(who, '[Всё верно]');
    const outcome = said.means({
      'readings-lower': 'lower',
      'readings-high': 'high',
      'readings-digits': 'digits',
      'readings-taken': 'taken',
    });
    return leave(chats, who, outcome);
  },
});
