import { sumOf } from '../../domain/money.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { pickAccount } from '../steps/pick-account.ts';
import { spanWords } from '../steps/span-words.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «График за 12 месяцев» of the account behind a link: a picture. */
export const historyChart: Dialog<Office> = async (scene, ref) => {
  const { say, hand, office } = scene;
  const link = ref === '' ? (await pickAccount(scene, 'history-account'))?.link : ref;
  if (link === undefined) return;
  const seen = await office.history.chart(link);
  if (seen.outcome === 'empty') return say('history-empty', accountWords(seen.account));
  if (seen.outcome !== 'drawn') return turnAway(scene, seen.outcome);
  const { account, chart } = seen;
  const [first, last] = [chart.months[0], chart.months.at(-1)];
  const paid = sumOf(chart.months.map(({ paidKopecks }) => paidKopecks));
  const words = {
    ...accountWords(account),
    ...spanWords(first?.period ?? '', last?.period ?? ''),
    charged: sumOf(chart.groups.flatMap(({ sumsKopecks }) => sumsKopecks)),
    paid: Math.abs(paid),
    paidWay: paid < 0 ? 'returned' : 'paid',
  };
  return hand({ kind: 'history-chart', data: chart }, 'history-chart', words, [
    { label: 'button-history', dialog: 'history', ref: link },
  ]);
};
