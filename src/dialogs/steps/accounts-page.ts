import { formatMoney, type Kopecks, sumOf } from '../../domain/money.ts';
import type { ShownDebt, ShownDebts } from '../../office/money/debts.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene, TextArgs } from '../kit/scene.ts';
import { accountLabels, accountWords } from './account-words.ts';
import { payDoorOf, payDoors, payWords } from './pay-words.ts';

const PAGE = 8;
/** So many that owe are paid from the list, each by a button: more would be a wall. */
const MOST_PAID_AT_ONCE = 5;

/** A chapter that shows the list, and the one by which an account of it is opened. */
type Listing = { dialog: 'debt' | 'home'; opens: 'debt' | 'accounts'; text: string };

/** A page of accounts with what each owes and the total of all, what is to pay most first; its buttons open an account, or turn it in place. */
export async function showAccountsPage(
  { show }: Scene<Office>,
  shown: Pick<ShownDebts, 'debts' | 'total' | 'paymentsDay' | 'ways'>,
  wanted: number,
  { dialog, opens, text }: Listing,
  more: TextArgs = {},
): Promise<void> {
  const { debts, ways } = shown;
  const of = Math.ceil(debts.length / PAGE);
  const page = Math.min(wanted, of);
  const labels = new Map(accountLabels(debts).map((label, i) => [debts[i]?.link, label]));
  const own = debts
    .toSorted((a, b) => b.offerKopecks - a.offerKopecks || totalOf(b) - totalOf(a))
    .slice((page - 1) * PAGE, page * PAGE);
  const door = (label: string, to: number): Door[] =>
    to < 1 || to > of ? [] : [{ label, words: { page: to, of }, dialog, ref: pageRef(to), replaces: true }];
  const doors = [...door('button-previous-page-of', page - 1), ...door('button-next-page-of', page + 1)];
  const lines = own.map((each) => ({
    text: 'debt-line',
    words: { ...accountWords(each), address: each.address, ...payWords(each, shown) },
  }));
  const nameOf = ({ link, account }: ShownDebt): string => labels.get(link) ?? account;
  const owing = debts.filter(({ offerKopecks }) => offerKopecks > 0).length;
  // Of one that owes, the buttons for all are its own.
  const paidAtOnce = owing > 1 && owing <= MOST_PAID_AT_ONCE ? own.filter(({ offerKopecks }) => offerKopecks > 0) : [];
  await show(text, { ...totalWords(shown), page, of, lines, ...more }, [
    ...own.map((each): Door => {
      const words = { label: nameOf(each), sum: sumLabel(each.offerKopecks) };
      return { label: 'button-account-debt', words, dialog: opens, ref: each.link };
    }),
    ...paidAtOnce.flatMap((each) => payDoorOf(each.offerKopecks, ways, each.link, nameOf(each))),
    ...(doors.length > 0 ? [doors] : []),
    ...payDoors(sumOf(debts.map(({ offerKopecks }) => offerKopecks)), ways, ''),
  ]);
}

/** The number of a page out of what a button carries. */
export function readPage(ref: string): number | undefined {
  const page = Number(/^page-(\d{1,3})$/.exec(ref)?.[1] ?? Number.NaN);
  return page >= 1 ? page : undefined;
}

const pageRef = (page: number): string => `page-${page}`;

const totalOf = (debt: ShownDebt): Kopecks => (debt.charged ? debt.totalKopecks : 0);

/** What is left to pay; nothing, where it is overpaid or under way. */
const sumLabel = (sum: Kopecks): string => (sum > 0 ? formatMoney(sum) : '✓');

function totalWords({ debts, total, paymentsDay }: Pick<ShownDebts, 'debts' | 'total' | 'paymentsDay'>): TextArgs {
  const owed = debts.filter(({ offerKopecks }) => offerKopecks > 0);
  const days = [...new Set(owed.map(({ payBy, isPayByOver }) => (isPayByOver ? null : payBy)))];
  const [payBy, another] = days;
  return {
    count: debts.length,
    due: total.dueKopecks,
    overpaid: total.overpaidKopecks,
    underWay: sumOf(debts.map(({ underWayKopecks }) => underWayKopecks)),
    deducted: sumOf(debts.map(({ deductedKopecks }) => deductedKopecks)),
    rest: sumOf(debts.map(({ offerKopecks }) => offerKopecks)),
    inTime: Boolean(payBy) && another === undefined,
    payBy: payBy ?? '',
    dated: paymentsDay !== null,
    day: paymentsDay ?? '',
  };
}
