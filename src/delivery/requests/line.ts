import { later } from '../../domain/durations.ts';
import { countDeliveriesWaiting, updateDeliveryReleased, claimDeliveries } from '../../records/deliveries.ts';
import type { Line } from '../line.ts';
import { LEASE_MS } from '../outbox.ts';
import { type Deliveries, prepareDelivery } from './run.ts';

/** Deliveries as the outbox takes them: a delivery of several calls comes up again after each of them. */
export function deliveryLine(deliveries: Deliveries): Line {
  const { db, clock } = deliveries;
  return {
    name: 'deliveries',
    async take({ limit, resting }) {
      const now = clock();
      const taken = await claimDeliveries(db, { limit, resting, until: later(now, LEASE_MS) }, now);
      return taken.map((delivery) => ({
        key: `delivery ${delivery.id}`,
        addressee: delivery.addressee,
        prepare: () => prepareDelivery(deliveries, delivery),
        release: () => updateDeliveryReleased(db, delivery.id),
      }));
    },
    countWaiting: () => countDeliveriesWaiting(db, clock()),
  };
}
