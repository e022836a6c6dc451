import { billed, debtOf, latestPeriod } from './billing.ts';
import { signedIn } from './identity.ts';
import { DAY, type Model, Unspoken } from './model.ts';

/** Section 4, «Debt» and «Payment»: what is owed, what of it is under way, what is offered to pay. */

/** «В пути» ends in words by age; after how many days, is not said. Within these it is surely counted. */
const SURELY_COUNTED = 20 * DAY;

/** Paid in the bot and in no registry yet. */
export function underWayOf(model: Model, account: string): number {
  const lines = linesUnderWay(model, account);
  if (lines.some(({ at }) => model.now - at > SURELY_COUNTED)) throw new Unspoken('for how long a payment is under way');
  return lines.reduce((sum, { kopecks }) => sum + kopecks, 0);
}

export function linesUnderWay({ taken }: Model, account: string) {
  return taken
    .filter(({ isReturned }) => !isReturned)
    .flatMap(({ lines }) => lines)
    .filter((line) => line.account === account && !line.isPosted);
}

/** What is owed as billing knows it, less what is under way; nothing is offered to whoever has paid too much. */
export function offerOf(model: Model, account: string): number {
  const known = billed(model, account);
  if (!known) throw new Unspoken('an account that is not there');
  const period = latestPeriod(known);
  if (period === '') throw new Unspoken('an account for which nothing was ever charged');
  if (known.closing) throw new Unspoken('what is paid for an account that is closed');
  const chargedAt = known.charges[period]?.at ?? 0;
  if (known.payments.some(({ isOurs, day, at }) => isOurs && day.slice(0, 7) <= period && at > chargedAt))
    throw new Unspoken('whether what billing has charged contains what was paid in the bot before');
  return Math.max(0, debtOf(known) - underWayOf(model, account));
}

/** What each account of the person is said to owe, in kopecks: to be paid now (below zero: paid too much), and under way. */
export function debts(model: Model, who: string): string {
  const login = signedIn(model, who);
  if (!login) return 'guest';
  const said = [...login.links].toSorted().map((account) => {
    const known = billed(model, account);
    if (!known || latestPeriod(known) === '') throw new Unspoken('an account for which nothing was ever charged');
    const debt = debtOf(known);
    const offered = debt < 0 ? debt : offerOf(model, account);
    return `${account}: ${offered}, under way ${underWayOf(model, account)}`;
  });
  return said.join('; ') || 'none';
}
