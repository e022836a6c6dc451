import { type RegistryPayment, sumOf } from '../model/billing.ts';
import { signedIn } from '../model/identity.ts';
import { linkBySum, type BySum } from '../model/linking.ts';
import { DAY, hitsWithin } from '../model/model.ts';
import { lookUp } from '../model/payments.ts';
import { ACCOUNTS } from '../town.ts';
import { actBySum, lastMonths, type Pressing } from './accounts.ts';
import { errand, leave } from './errand.ts';

/** Strangers who try, up to a limit and one beyond it: what is right opens nothing then. */

/** Wrong sums for the account that most were named for, by whoever it is, until none is left; then the right one. */
export const guessesToTheBrim = errand<BySum & Pressing>({
  weight: 10,
  think(chance, model, who) {
    const login = signedIn(model, who.name);
    if (who.isStaff || !login) return undefined;
    const wrong = (of: string, days: number) => hitsWithin(model, 'wrong-sum', of, days * DAY);
    const left = (account: string) => Math.min(5 - wrong(`account ${account}`, 30), 10 - wrong(`account ${account}`, 365));
    const known = ACCOUNTS.filter(({ number }) => !login.links.has(number) && (lastMonths(model, number)[0] ?? 0) % 50_00 !== 0);
    const [closest] = known.toSorted((one, other) => left(one.number) - left(other.number));
    if (!closest) return undefined;
    const account = closest.number;
    const own = 5 - Math.max(wrong(`login ${login.login}`, 1), wrong(`person ${who.name}`, 1));
    if (own <= 0) return undefined;
    // Somebody leaves some for others: else one's own limit closes the way, and nothing is learnt of the account's.
    const some = left(account) > 4 ? chance.integer(1, 3) : Math.max(0, left(account));
    const sums = Array.from({ length: Math.min(some, own - 1) }, () => chance.integer(100, 4_000) * 100 + chance.integer(1, 99));
    const isFull = sums.length >= left(account);
    const [right] = lastMonths(model, account);
    if (isFull && right !== undefined) sums.push(right);
    return sums.length > 0 ? { account, sums, earlier: 123_45, twiceAtOnce: false } : undefined;
  },
  expect: linkBySum,
  act: actBySum,
});

/** Sums that are right and prove nothing: with what was paid in the bot, of an owner that was, of a link that others have ended. */
export const triesWhatProvesNothing = errand<BySum & Pressing>({
  weight: 10,
  think(chance, model, who) {
    const login = signedIn(model, who.name);
    if (!login) return undefined;
    const sums = model.billing
      .filter(({ number }) => !login.links.has(number))
      .flatMap(({ number, payments, ownerChangedOn }) => {
        const [right] = lastMonths(model, number);
        const withOurs = lastMonthOf(payments);
        const ofFormer = lastMonthOf(payments.filter(({ isOurs }) => !isOurs));
        return [
          ...(payments.some(({ isOurs }) => isOurs) ? [{ account: number, sum: withOurs }] : []),
          ...(ownerChangedOn !== undefined ? [{ account: number, sum: ofFormer }] : []),
          ...(login.endedLinks.has(number) && right !== undefined ? [{ account: number, sum: right }] : []),
        ];
      });
    const one = chance.any(sums.filter(({ sum }) => sum > 0 && sum % 50_00 !== 0));
    return one && { account: one.account, sums: [one.sum], earlier: 123_45, twiceAtOnce: false };
  },
  expect: linkBySum,
  act: actBySum,
});

function lastMonthOf(payments: readonly RegistryPayment[]): number {
  const month =
    payments
      .map(({ day }) => day.slice(0, 7))
      .toSorted()
      .at(-1) ?? '';
  return sumOf(payments.filter(({ day }) => day.startsWith(month)).map(({ kopecks }) => kopecks));
}

/** Numbers of accounts that are not there, and then one that is. */
export const looksUpNumbers = errand<{ numbers: readonly string[] }>({
  weight: 4,
  think(chance, model, who) {
    if (who.isStaff || signedIn(model, who.name)) return undefined;
    const made = Array.from({ length: chance.integer(1, 10) }, () => String(chance.integer(7_000_000, 7_999_999)));
    return { numbers: [...made, chance.any(ACCOUNTS)?.number ?? ''] };
  },
  expect: (model, who, { numbers }) => {
    const outcomes: string[] = [];
    for (const number of numbers) {
      outcomes.push(lookUp(model, who, number));
      if (outcomes.at(-1) !== 'unknown') break;
    }
    return outcomes.join(', ');
  },
  async act(chats, who, { numbers }) {
    await chats.say(who, '/pay');
    const outcomes: string[] = [];
    for (const number of numbers) {
      const said = await chats.say(who, number);
      outcomes.push(
        said.means({
          'guest-account-unknown': 'unknown',
          'guest-account-limit': 'lookup-limit',
          'guest-account-address': 'found',
        }),
      );
      if (outcomes.at(-1) !== 'unknown') break;
    }
    return leave(chats, who, outcomes.join(', '));
  },
});
