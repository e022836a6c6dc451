import { MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import { OrderSum } from '../../domain/order-sum.ts';
import type { Office } from '../../office/office.ts';
import type { PayableAccount } from '../../office/money/payments.ts';
import type { Scene } from '../kit/scene.ts';
import { accountLines, accountOptions, accountWords } from './account-words.ts';
import { OTHER_ACCOUNT } from './guest-account.ts';
import { strayedLines } from './strayed.ts';

/** What is to be paid for one account; `link` is null for a guest's. */
export type PayLine = { account: string; link: string | null; sumKopecks: number };
type OwnLine = PayLine & { link: string };

/** A payment has so many accounts at most (`office/payments.ts`). */
const MOST_ACCOUNTS = 20;

/** All accounts at once or one of them; that of `link`, where a button named it. None: the link is no longer the resident's. */
export async function pickAccounts(
  scene: Scene<Office>,
  accounts: readonly PayableAccount[],
  link: string,
): Promise<readonly PayableAccount[]> {
  if (link !== '') return accounts.filter((each) => each.link === link);
  if (accounts.length === 1) return accounts;
  // All of them: with many accounts, those that anything is to be paid for.
  const { choose, goTo } = scene;
  const together = accounts.length < MANY_ACCOUNTS ? accounts : accounts.filter(({ offerKopecks }) => offerKopecks > 0);
  const all = together.length === 0 ? 'nothing' : together.length > MOST_ACCOUNTS ? 'too-many' : 'yes';
  const buttons = [...(all === 'yes' ? (['pay-all'] as const) : []), 'pay-one', 'other-account'] as const;
  const how = { count: accounts.length, ...sums(accounts), all, most: MOST_ACCOUNTS, owing: together.length };
  const chosen = await choose('pay-how-many', buttons, how);
  if (chosen === 'other-account') return goTo('pay', OTHER_ACCOUNT);
  return chosen === 'pay-all' ? together : pickOne(scene, accounts);
}

async function pickOne({ pick }: Scene<Office>, accounts: readonly PayableAccount[]): Promise<PayableAccount[]> {
  const chosen = await pick('pay-which', accountOptions(accounts), { accounts: accountLines(accounts) });
  return accounts.filter((each) => each.link === chosen);
}

/** «Вся задолженность», or «Другая сумма» for each account, which may be left out where there are several. */
export async function askSums(
  scene: Scene<Office>,
  accounts: readonly PayableAccount[],
  paymentsDay: string | null,
): Promise<readonly OwnLine[]> {
  const { choose, ask, askOr, goTo } = scene;
  const [first, second] = accounts;
  if (!first) return [];
  const owed = accounts.filter((each) => each.offerKopecks > 0);
  const strayed = accounts.flatMap((each) => each.strayed);
  const data = {
    dated: paymentsDay === null ? 'no' : 'yes',
    day: paymentsDay ?? '',
    ...sums(accounts),
    strayed: strayedLines(strayed),
    strayedCount: strayed.length,
  };
  const lines = owed.map(({ account, offerKopecks }) => ({ text: 'pay-line', words: { account, sum: offerKopecks } }));
  const whole = owed.length > 0 ? (['whole-debt'] as const) : [];
  const much = second
    ? await choose('pay-sum-all', [...whole, 'other-sum'], { ...data, lines })
    : await choose('pay-sum', [...whole, 'other-sum', 'other-account'], { ...data, ...accountWords(first) });
  if (much === 'other-account') return goTo('pay', OTHER_ACCOUNT);
  if (much === 'whole-debt') return owed.map((each) => lineOf(each, each.offerKopecks));
  if (!second) return [lineOf(first, await ask('pay-other-sum', OrderSum, sumWords(first)))];

  // With many accounts a question for each would be too long.
  if (accounts.length >= MANY_ACCOUNTS) return askSums(scene, await pickOne(scene, accounts), paymentsDay);
  const typed: OwnLine[] = [];
  for (const each of accounts) {
    const said = await askOr('pay-other-sum', OrderSum, { words: sumWords(each), buttons: ['skip-account'] });
    if ('answer' in said) typed.push(lineOf(each, said.answer));
  }
  return typed;
}

const sumWords = (account: PayableAccount) => ({ ...accountWords(account), owed: account.offerKopecks });

const lineOf = ({ account, link }: PayableAccount, sumKopecks: number): OwnLine => ({ account, link, sumKopecks });

function sums(accounts: readonly PayableAccount[]): { owed: number; underWay: number } {
  const add = (pick: (account: PayableAccount) => number) => accounts.reduce((sum, each) => sum + pick(each), 0);
  return { owed: add((each) => each.offerKopecks), underWay: add((each) => each.underWayKopecks) };
}
