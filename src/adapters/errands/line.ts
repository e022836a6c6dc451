import { later } from '../../domain/durations.ts';
import { countErrandsWaiting, updateErrandReleased, claimErrands } from '../../records/errands.ts';
import type { Line } from '../outbox/line.ts';
import { LEASE_MS } from '../outbox/outbox.ts';
import { type Errands, prepareErrand } from './run.ts';

/** Errands as the outbox takes them: an errand of several calls comes up again after each of them. */
export function errandLine(errands: Errands): Line {
  const { db, clock } = errands;
  return {
    name: 'errands',
    async take({ limit, resting }) {
      const now = clock();
      const taken = await claimErrands(db, { limit, resting, until: later(now, LEASE_MS) }, now);
      return taken.map((errand) => ({
        key: `errand ${errand.id}`,
        addressee: errand.addressee,
        prepare: () => prepareErrand(errands, errand),
        release: () => updateErrandReleased(db, errand.id),
      }));
    },
    countWaiting: () => countErrandsWaiting(db, clock()),
  };
}
