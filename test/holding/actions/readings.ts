import { formatReading } from '../../../src/domain/reading.ts';
import { signedIn } from '../model/identity.ts';
import { handIn, handInAsGuest, type HandingIn } from '../model/readings.ts';
import { anyAccount } from './accounts.ts';
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
      if (i === odd) return chance.pick([Math.max(0, last - chance.integer(1, 9) * 1000), last + 3_000_000, last * 100]);
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
    if (!said.has(...questions)) return leave(chats, who, said.means(NOT_ASKED));
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

export const handsInAsGuest = errand<Omit<HandingIn, 'sure'>>({
  weight: 18,
  think(chance, model, who) {
    if (who.isStaff || signedIn(model, who.name)) return undefined;
    const account = anyAccount(chance, model);
    const values = (billed(model, account)?.meters ?? []).map(({ digits }) =>
      chance.percent(90) ? chance.integer(1, 9_999) * 1000 : 10 ** digits * 1000,
    );
    return { account, values };
  },
  expect: handInAsGuest,
  async act(chats, who, { account, values }) {
    const begun = await chats.say(who, '/readings');
    if (!begun.has('guest-account')) return leave(chats, who, begun.means(NOT_ASKED));
    const found = await chats.say(who, account);
    if (!found.has('guest-account-address'))
      return leave(chats, who, found.means({ 'guest-account-unknown': 'unknown', 'guest-account-limit': 'lookup-limit' }));
    const asked = await chats.say(who, '[Всё верно]');
    if (!asked.has('readings-list', 'readings-meter', 'readings-given')) return leave(chats, who, asked.means(NOT_ASKED));
    const said = await chats.say(who, values.map(formatReading).join('⏎'));
    return leave(chats, who, said.means({ 'readings-digits': 'digits', 'readings-taken': 'taken' }));
  },
});

const NOT_ASKED = {
  'readings-window-closed': 'window-closed',
  'readings-no-meters': 'no-meters',
  'readings-account-closed': 'account-closed',
};
