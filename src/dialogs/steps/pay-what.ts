import { type CardLimits, goesByCard } from '../../domain/card-limits.ts';
import { MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import { formatMoney, sumOf } from '../../domain/money.ts';
import { OrderSum } from '../../domain/order-sum.ts';
import type { Office } from '../../office/office.ts';
import type { PayableAccount } from '../../office/money/payments.ts';
import type { Option, Phrase, Scene } from '../kit/scene.ts';
import { accountLines, accountOptions, accountWords } from './account-words.ts';
import { OTHER_ACCOUNT, otherAccountRef } from '../../domain/door-refs.ts';
import { otherAccountNumber } from './guest-account.ts';
import { strayedLines } from './strayed.ts';

/** What is to be paid for one account; `link` is null for a guest's. */
export type PayLine = { account: string; link: string | null; sumKopecks: number };
export type OwnLine = PayLine & { link: string };

/** A payment has so many accounts at most (`office/money/payments.ts`). */
export const MOST_PAID_ACCOUNTS = 20;

const OTHER_SUM = 'sum-';

/** What a button to «Произвести оплату» carries that asks for the sum at once. */
export function otherSumRef(link: string): string {
  return OTHER_SUM + link;
}

/** The link out of such a reference; undefined when it is another kind of reference. */
export function otherSumLinkOf(ref: string): string | undefined {
  return ref.startsWith(OTHER_SUM) ? ref.slice(OTHER_SUM.length) : undefined;
}

/** All accounts at once or one of them; that of `link`, where a button named it. None: the link is no longer the resident's. */
export async function pickAccounts(
  scene: Scene<Office>,
  accounts: readonly PayableAccount[],
  link: string,
): Promise<readonly PayableAccount[]> {
  if (link !== '') return accounts.filter((each) => each.link === link);
  if (accounts.length === 1) return accounts;
  // All of them: with many accounts, those that anything is to be paid for.
  const { pickOr, goTo } = scene;
  const together = accounts.length < MANY_ACCOUNTS ? accounts : accounts.filter(({ offerKopecks }) => offerKopecks > 0);
  const all = together.length === 0 ? 'nothing' : together.length > MOST_PAID_ACCOUNTS ? 'too-many' : 'yes';
  const allAtOnce: Option[] = all === 'yes' ? [{ key: ALL, label: { text: 'button-pay-all' }, spoken: 'spoken-pay-all' }] : [];
  const byNumber = { key: OTHER_ACCOUNT, label: { text: 'button-account-by-number' }, spoken: 'spoken-account-by-number' };
  const options = [...allAtOnce, ...payOptions(accounts), byNumber];
  const words = { count: accounts.length, ...sums(accounts), all, most: MOST_PAID_ACCOUNTS, owing: together.length };
  const said = await pickOr('pay-which', options, otherAccountNumber(accounts.length), {
    ...words,
    accounts: accountLines(accounts),
  });
  if ('answer' in said) return goTo('pay', otherAccountRef(said.answer));
  const chosen = said.picked;
  if (chosen === OTHER_ACCOUNT) return goTo('pay', OTHER_ACCOUNT);
  return chosen === ALL ? together : accounts.filter((each) => each.link === chosen);
}

const ALL = 'all';

/** Accounts with what is to be paid for each. */
function payOptions(accounts: readonly PayableAccount[]): Option[] {
  return accountOptions(accounts).map((option, i) => {
    const offer = accounts[i]?.offerKopecks ?? 0;
    if (offer === 0 || typeof option.label !== 'string') return option;
    const also = [option.label, ...(option.also ?? [])];
    return { ...option, also, label: { text: 'button-account-debt', words: { label: option.label, sum: formatMoney(offer) } } };
  });
}

/** Accounts with what is to be paid for each, as it is said in the question; `because`: that it was another sum in the question before. */
export type Offer = { accounts: readonly PayableAccount[]; paymentsDay: string | null; because?: Phrase };

/** What is to be paid; `whole`: all that is owed, whatever that is; `way`: how was said with it. */
export type Sums = { lines: readonly OwnLine[]; whole?: true; way?: 'card' };

/**
 * «Вся задолженность», or «Оплатить картой» for it at once, or «Другая сумма», also typed at once: for each account, which may be left out where
 * there are several.
 */
export async function askSums(
  scene: Scene<Office>,
  { accounts, paymentsDay, because }: Offer,
  cardLimits: CardLimits,
): Promise<Sums> {
  const { askOr, goTo } = scene;
  const [first, second] = accounts;
  if (!first) return { lines: [] };
  const owed = accounts.filter((each) => each.offerKopecks > 0);
  const strayed = accounts.flatMap((each) => each.strayed);
  const data = {
    dated: paymentsDay !== null,
    day: paymentsDay ?? '',
    ...sums(accounts),
    strayed: strayedLines(strayed),
    strayedCount: strayed.length,
  };
  const lines = owed.map(({ account, offerKopecks }) => ({ text: 'pay-line', words: { account, sum: offerKopecks } }));
  const wholeDebt = owed.map((each) => lineOf(each, each.offerKopecks));
  const byCard = goesByCard(data.owed, cardLimits) ? (['pay-by-card'] as const) : [];
  const whole = owed.length > 0 ? ([...byCard, 'whole-debt'] as const) : [];
  if (!second) {
    const buttons = [...whole, 'other-sum', 'account-by-number'] as const;
    const much = await askOr('pay-sum', OrderSum, { words: { ...data, ...accountWords(first) }, buttons, because });
    if ('answer' in much) return { lines: [lineOf(first, much.answer)] };
    if (much.pressed === 'account-by-number') return goTo('pay', OTHER_ACCOUNT);
    if (much.pressed === 'pay-by-card') return { lines: wholeDebt, whole: true, way: 'card' };
    return much.pressed === 'whole-debt' ? { lines: wholeDebt, whole: true } : { lines: [await askSum(scene, first)] };
  }
  const much = await askOr('pay-sum-all', OrderSum, { words: { ...data, lines }, buttons: [...whole, 'other-sum'], because });
  if ('answer' in much) return { lines: (await pickOne(scene, accounts)).map((each) => lineOf(each, much.answer)) };
  if (much.pressed === 'pay-by-card') return { lines: wholeDebt, whole: true, way: 'card' };
  if (much.pressed === 'whole-debt') return { lines: wholeDebt, whole: true };

  // With many accounts a question for each would be too long.
  if (accounts.length >= MANY_ACCOUNTS)
    return { lines: await Promise.all((await pickOne(scene, accounts)).map((each) => askSum(scene, each))) };
  const typed: OwnLine[] = [];
  for (const each of accounts) {
    const said = await askOr('pay-other-sum', OrderSum, { words: sumWords(each), buttons: ['skip-account'] });
    if ('answer' in said) typed.push(lineOf(each, said.answer));
  }
  return { lines: typed };
}

async function pickOne({ pick }: Scene<Office>, accounts: readonly PayableAccount[]): Promise<PayableAccount[]> {
  const chosen = await pick('pay-which-one', payOptions(accounts), { accounts: accountLines(accounts) });
  return accounts.filter((each) => each.link === chosen);
}

/** The sum for one account. */
export async function askSum({ ask }: Scene<Office>, account: PayableAccount): Promise<OwnLine> {
  return lineOf(account, await ask('pay-other-sum', OrderSum, sumWords(account)));
}

const sumWords = (account: PayableAccount) => ({ ...accountWords(account), owed: account.offerKopecks });

const lineOf = ({ account, link }: PayableAccount, sumKopecks: number): OwnLine => ({ account, link, sumKopecks });

function sums(accounts: readonly PayableAccount[]): { owed: number; underWay: number } {
  return {
    owed: sumOf(accounts.map((each) => each.offerKopecks)),
    underWay: sumOf(accounts.map((each) => each.underWayKopecks)),
  };
}
