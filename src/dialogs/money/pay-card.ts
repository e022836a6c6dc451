import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { chooseOwed } from '../steps/pay-owed.ts';
import { onlyWay, payBy } from '../steps/pay-way.ts';

/** «Оплатить картой» under a sum: the invoice of what is to be paid now, of the account of a link or (`ref` empty) of all. */
export const payCard: Dialog<Office> = async (scene, ref) => {
  const owed = await chooseOwed(scene, ref);
  if (!owed) return;
  const { lines, ways } = owed;
  const wanted = lines.map(({ link, sumKopecks }) => ({ link, sumKopecks }));
  await payBy(scene, { lines, way: onlyWay(lines, ways, 'card') ?? 'card', order: () => scene.office.payments.order(wanted) });
};
