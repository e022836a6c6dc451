import { MANY_ACCOUNTS } from '../../domain/many-accounts.ts';
import { formatMoney, type Kopecks } from '../../domain/money.ts';
import type { Debts, ShownDebt } from '../../office/money/debts.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog, Door, Doors, Scene, TextArgs } from '../kit/scene.ts';
import { accountLabel, accountWords } from '../steps/account-words.ts';
import { penaltyEndLines, penaltyToCome } from '../steps/penalty-end.ts';
import { paidWords } from '../steps/paid-words.ts';
import { strayedLines } from '../steps/strayed.ts';
import { turnAway } from '../steps/turn-away.ts';

type Shown = Extract<Awaited<ReturnType<Debts['show']>>, { outcome: 'shown' }>;

/**
 * «Задолженность»: what each account owes by billing's registries, and the total of several. Of many accounts it is a list in pages, from which
 * each is opened. `ref`: a link, or a page of the list.
 */
export const debt: Dialog<Office> = async (scene, ref) => {
  const { say, office } = scene;
  const shown = await office.debts.show();
  if (shown.outcome !== 'shown') return turnAway(scene, shown.outcome);
  if (shown.debts.length === 0) return say('accounts-none', {}, [{ label: 'button-link', dialog: 'linking' }]);

  const page = readPage(ref);
  if (ref !== '' && page === undefined) {
    const one = shown.debts.find(({ link }) => link === ref);
    return one ? sayAccount(scene, one, dataWords(shown)) : turnAway(scene, 'gone');
  }
  if (shown.debts.length >= MANY_ACCOUNTS) return showDebts(scene, shown, page ?? 1);
  for (const each of shown.debts) await sayAccount(scene, each, dataWords(shown));
  if (shown.debts.length > 1) await say('debt-total', { ...totalWords(shown), ...dataWords(shown) });
};

async function sayAccount({ say }: Scene<Office>, each: ShownDebt, data: TextArgs): Promise<void> {
  const words = { ...accountWords(each), address: each.address, ...underWayWords(each), ...data };
  if (each.charged) return say('debt-account', { ...words, ...debtWords(each) }, doorsOf(each.link));
  return say('debt-not-charged', words);
}

const PAGE = 8;

/** A page of the list, what is to pay most first; its buttons open an account, or turn it in place. */
async function showDebts({ show }: Scene<Office>, shown: Shown, wanted: number): Promise<void> {
  const { debts } = shown;
  const of = Math.ceil(debts.length / PAGE);
  const page = Math.min(wanted, of);
  const own = debts.toSorted((a, b) => restOf(b) - restOf(a) || dueOf(b) - dueOf(a)).slice((page - 1) * PAGE, page * PAGE);
  const turn = (label: string, to: number): Door[] =>
    to < 1 || to > of ? [] : [{ label, words: { page: to, of }, dialog: 'debt', ref: pageRef(to), turns: true }];
  const turns = [...turn('button-previous-page-of', page - 1), ...turn('button-next-page-of', page + 1)];
  const lines = own.map((each) => ({
    text: 'debt-line',
    words: {
      ...accountWords(each),
      address: each.address,
      charged: each.charged ? 'yes' : 'no',
      underWay: each.underWayKopecks,
      ...balance(dueOf(each)),
    },
  }));
  await show('debt-page', { ...totalWords(shown), ...dataWords(shown), page, of, lines }, [
    ...own.map((each): Door => {
      const label = accountLabel(each, debts.length);
      return { label: 'button-account-debt', words: { label, sum: sumLabel(restOf(each)) }, dialog: 'debt', ref: each.link };
    }),
    ...(turns.length > 0 ? [turns] : []),
    { label: 'button-pay', dialog: 'pay' },
  ]);
}

const dueOf = (debt: ShownDebt): Kopecks => (debt.charged ? debt.totalKopecks : 0);

/** What is left to pay; nothing, where it is overpaid or under way. */
const sumLabel = (sum: Kopecks): string => (sum > 0 ? formatMoney(sum) : '✓');

const pageRef = (page: number): string => `page-${page}`;

function readPage(ref: string): number | undefined {
  const page = Number(/^page-(\d{1,3})$/.exec(ref)?.[1] ?? Number.NaN);
  return page >= 1 ? page : undefined;
}

function dataWords({ paymentsDay }: Shown): TextArgs {
  return { dated: paymentsDay === null ? 'no' : 'yes', day: paymentsDay ?? '' };
}

function totalWords({ debts, total }: Shown): TextArgs {
  return {
    count: debts.length,
    due: total.dueKopecks,
    overpaid: total.overpaidKopecks,
    underWay: add(debts.map((each) => each.underWayKopecks)),
    rest: add(debts.map(restOf)),
  };
}

const doorsOf = (ref: string): Doors => [
  [
    { label: 'button-why', dialog: 'why', ref },
    { label: 'button-bill', dialog: 'bill', ref },
  ],
  { label: 'button-pay', dialog: 'pay', ref },
];

function debtWords({
  services,
  period,
  penaltyKopecks,
  paidSinceKopecks,
  totalKopecks,
  penalty,
}: Extract<ShownDebt, { charged: true }>): TextArgs {
  const owed = services.filter((each) => each.sumKopecks > 0).map((each) => line(each.service, each.sumKopecks));
  const overpaid = services.filter((each) => each.sumKopecks < 0).map((each) => line(each.service, -each.sumKopecks));
  return {
    period,
    owed: owed.join('\n'),
    owedCount: owed.length,
    overpaid: overpaid.join('\n'),
    overpaidCount: overpaid.length,
    penalty: penaltyKopecks,
    paidSince: paidSinceKopecks === 0 ? [] : [{ text: 'debt-paid-since', words: paidWords(paidSinceKopecks) }],
    paidSinceCount: paidSinceKopecks === 0 ? 0 : 1,
    overdue: penalty?.overdueKopecks ?? 0,
    until: penalty?.until ?? '',
    added: penaltyToCome(penalty),
    penaltyEnds: penaltyEndLines(penalty),
    ...balance(totalKopecks),
  };
}

const line = (service: string, sum: Kopecks) => `${service}: ${formatMoney(sum)}`;

function underWayWords(debt: ShownDebt): TextArgs {
  return {
    underWay: debt.underWayKopecks,
    rest: restOf(debt),
    strayed: strayedLines(debt.strayed),
    strayedCount: debt.strayed.length,
  };
}

/** What is left to pay once what is under way has arrived. */
const restOf = (debt: ShownDebt): Kopecks => (debt.charged ? Math.max(0, debt.totalKopecks - debt.underWayKopecks) : 0);

const add = (sums: readonly Kopecks[]): Kopecks => sums.reduce((total, sum) => total + sum, 0);

/** What is below zero is called an overpayment, not a debt. */
function balance(total: Kopecks): TextArgs {
  return { balance: total > 0 ? 'debt' : total < 0 ? 'overpaid' : 'even', total: Math.abs(total) };
}
