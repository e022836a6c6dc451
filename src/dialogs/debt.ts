import { formatMoney, type Kopecks } from '../domain/money.ts';
import type { ShownDebt } from '../office/debts.ts';
import type { Office } from '../office/office.ts';
import type { Dialog, Doors, Words } from './kit/scene.ts';
import { accountWords } from './steps/account-words.ts';
import { paidWords } from './steps/paid-words.ts';
import { strayedLines } from './steps/strayed.ts';
import { turnAway } from './steps/turn-away.ts';

/** «Задолженность»: what each account owes by billing's registries, and the total of several. */
export const debt: Dialog<Office> = async (scene) => {
  const { say, office } = scene;
  const shown = await office.debts.show();
  if (shown.outcome !== 'shown') return turnAway(scene, shown.outcome);
  if (shown.debts.length === 0) return say('accounts-none', {}, [{ label: 'button-link', dialog: 'linking' }]);

  const data = { dated: shown.paymentsDay === null ? 'no' : 'yes', day: shown.paymentsDay ?? '' };
  for (const each of shown.debts) {
    const words = { ...accountWords(each), address: each.address, ...underWayWords(each), ...data };
    if (each.charged) await say('debt-account', { ...words, ...debtWords(each) }, doorsOf(each.link));
    else await say('debt-not-charged', words);
  }
  if (shown.debts.length > 1)
    await say('debt-total', {
      count: shown.debts.length,
      due: shown.total.dueKopecks,
      overpaid: shown.total.overpaidKopecks,
      underWay: add(shown.debts.map((each) => each.underWayKopecks)),
      rest: add(shown.debts.map(restOf)),
      ...data,
    });
};

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
}: Extract<ShownDebt, { charged: true }>): Words {
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
    added: penalty?.addedKopecks ?? 0,
    ...balance(totalKopecks),
  };
}

const line = (service: string, sum: Kopecks) => `${service}: ${formatMoney(sum)}`;

function underWayWords(debt: ShownDebt): Words {
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
function balance(total: Kopecks): Words {
  return { balance: total > 0 ? 'debt' : total < 0 ? 'overpaid' : 'even', total: Math.abs(total) };
}
