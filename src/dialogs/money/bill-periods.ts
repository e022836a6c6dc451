import { formatPeriod } from '../../domain/period.ts';
import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { accountWords } from '../steps/account-words.ts';
import { MONTHS_IN_A_ROW } from '../steps/pick-range.ts';
import { monthRef } from '../steps/month-ref.ts';
import { turnAway } from '../steps/turn-away.ts';

/** «За другой месяц»: which payment document, newest first. */
export const billPeriods: Dialog<Office> = async (scene, link) => {
  const { pick, goTo, office } = scene;
  const listed = await office.paymentDocuments.periods(link);
  if (listed.outcome !== 'listed') return turnAway(scene, listed.outcome);
  const options = listed.periods.map((period) => ({ key: monthRef(link, period), label: formatPeriod(period) }));
  if (options.length === 0) return goTo('bill', link);
  const how = { left: null, layout: MONTHS_IN_A_ROW };
  return goTo('bill', await pick('bill-which-period', options, accountWords(listed.account), how));
};
