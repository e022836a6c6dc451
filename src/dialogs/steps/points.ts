import type { PaymentPoint } from '../../office/centre.ts';
import type { Office } from '../../office/office.ts';
import type { Door, Scene } from '../kit/scene.ts';

/** So many in one message: a message has its limits. */
const AT_ONCE = 8;

/** The payment points with their hours; a button each shows it on the map. */
export async function showPoints({ say, office }: Scene<Office>): Promise<void> {
  const points = await office.contacts.points();
  for (let from = 0; from < points.length; from += AT_ONCE) {
    const some = points.slice(from, from + AT_ONCE);
    const doors = some.map(
      ({ key, name }): Door => ({ label: 'button-place', words: { name }, dialog: 'payment-point', ref: key }),
    );
    await say('contacts-points', { points: some.map((point) => pointLines(point).join('\n')).join('\n\n') }, doors);
  }
}

export function pointLines({ name, address, hours, phone }: PaymentPoint): string[] {
  return [name, address, ...hours, ...(phone === undefined ? [] : [phone])];
}
