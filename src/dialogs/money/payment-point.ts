import type { Office } from '../../office/office.ts';
import type { Dialog } from '../kit/scene.ts';
import { pointLines } from '../steps/points.ts';

/** One payment point on the map, with its hours. */
export const paymentPoint: Dialog<Office> = async ({ say, showPlace, office }, key) => {
  const point = (await office.contacts.points()).find((each) => each.key === key);
  if (!point) return say('contacts-point-gone', {}, [{ label: 'button-contacts', dialog: 'contacts' }]);
  const { latitude, longitude, name, address } = point;
  await showPlace({ latitude, longitude, title: name, address });
  const [, , ...hours] = pointLines(point);
  await say('contacts-point', { name, hours: hours.join('\n') });
};
