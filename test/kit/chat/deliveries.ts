import { setTimeout as pause } from 'node:timers/promises';
import { type Deliveries, prepareDelivery } from '../../../src/delivery/requests/run.ts';
import { deliveryHabits } from '../../../src/delivery/requests/step.ts';
import { updateDeliveryReleased, claimDeliveries } from '../../../src/records/deliveries.ts';

export type DeliveryRunner = ReturnType<typeof deliveryRunner>;

/** Runs deliveries as the outbox does, at once and at no pace. */
export function deliveryRunner(
  given: Pick<Deliveries, 'db' | 'clock' | 'texts' | 'messenger' | 'centre' | 'timeZone'> &
    Partial<Pick<Deliveries, 'albumRestMs'>>,
) {
  const held = new Set<string>();
  const deliveries: Deliveries = {
    botName: 'inkomus_bot',
    ...deliveryHabits(),
    albumRestMs: 0,
    ...given,
    paceClock: given.clock,
    pace: { hold: (chat) => void held.add(chat), refuse: (chat) => void held.add(chat) },
    log: { info: () => {}, warn: () => {} },
  };

  /** All that is due is done, but for whom the messenger wants left alone. */
  return async () => {
    held.clear();
    for (let rounds = 0; rounds < 500; rounds += 1) {
      const until = new Date(given.clock().getTime() + 60_000);
      const taken = await claimDeliveries(given.db, { limit: 29, resting: [...held], until }, given.clock());
      if (taken.length === 0) return;
      for (const delivery of taken) {
        if (held.has('everybody') || held.has(delivery.addressee)) {
          await updateDeliveryReleased(given.db, delivery.id);
          continue;
        }
        const flight = await prepareDelivery(deliveries, delivery);
        const verdict = await flight?.go();
        await verdict?.write();
        await verdict?.afterwards?.();
      }
      if (held.has('everybody')) return;
      await pause(0);
    }
    throw new Error('deliveries have no end');
  };
}
