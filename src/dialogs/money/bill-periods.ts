import { formatPeriod, type Period, shiftPeriod } from '../../domain/period.ts';
import { monthsMeant, SaidMonths } from '../../domain/said-months.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { MONTHS_IN_A_ROW } from '../steps/pick-range.ts';
import { monthRef } from '../../domain/door-refs.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «За другой месяц»: which payment document, newest first; a month may be typed, too. */
export const billPeriods: Dialog<Office> = async (scene, link) => {
  const { pickOr, goTo, office } = scene;
  const listed = await office.paymentDocuments.periods(link);
  if (listed.outcome !== 'listed') return turnAway(scene, listed.outcome);
  const [newest] = listed.periods;
  if (newest === undefined) return goTo('bill', link);
  const options = listed.periods.map((period) => ({ key: period, label: formatPeriod(period) }));
  const answer = await pickOr('bill-which-period', options, SaidMonths, accountWords(listed.account), {
    left: null,
    layout: MONTHS_IN_A_ROW,
  });
  const period = 'picked' in answer ? (answer.picked as Period) : monthsMeant(answer.answer, shiftPeriod(newest, 1)).from;
  return goTo('bill', monthRef(link, period));
};
