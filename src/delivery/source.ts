import { later, MINUTE_MS } from '../domain/durations.ts';
import { isNight } from '../domain/quiet-hours.ts';
import type { Clock } from '../office/edges.ts';
import type { Db } from '../records/database.ts';
import {
  claimOutbox,
  countOutboxWaiting,
  findNextDue,
  markOutboxFailed,
  type OutboxRow,
  updateOutboxReleased,
} from '../records/outbox.ts';
import { type DeletionRoom, deletionFlight } from './deletions.ts';
import type { Flight, OutboxSource } from './flight.ts';
import { deliver, type NoticeRoom } from './notices/deliver.ts';
import { type Deliveries, prepareDelivery } from './requests/run.ts';

/**
 * Longer than any send: what was taken is taken by somebody else only when its worker is gone. Nor does a worker that starts take it sooner: a lost
 * lead does not say that no send is under way, and what ends its worker would at once end the next one, too.
 */
const LEASE_MS = 2 * MINUTE_MS;
/** What is taken now may arrive so much later, and must not do so at night. */
const ON_ITS_WAY_MS = MINUTE_MS;

export type Prepare = (row: OutboxRow) => Promise<Flight | undefined>;

/** What each kind of thing in the outbox comes to. */
export function preparing(rooms: { notices: NoticeRoom; deliveries: Deliveries; deletions: DeletionRoom }): Prepare {
  return async (row) => {
    const { kind } = row;
    if (kind === 'notice') return ofOneRow(rooms.notices, row, { messages: 1, go: () => deliver(rooms.notices, row) });
    if (kind === 'deletion') return ofOneRow(rooms.deletions, row, deletionFlight(rooms.deletions, row));
    return prepareDelivery(rooms.deliveries, { ...row, kind });
  };
}

/** What comes of it is written into its row, and of a notice into those of the others that it tells of. */
function ofOneRow({ db, clock, onGivenUp }: NoticeRoom | DeletionRoom, { id }: OutboxRow, flight: Flight): Flight {
  const giveUp = async (reason: string) => {
    await markOutboxFailed(db, [id], reason, clock());
    onGivenUp?.();
  };
  return { ...flight, go: async () => ({ giveUp, ...(await flight.go()) }) };
}

/** The table of the outbox as the engine takes from it. `timeZone`: whose nights are kept free of news. */
export function outboxSource(
  { db, clock, timeZone }: { db: Db; clock: Clock; timeZone: string },
  prepare: Prepare,
): OutboxSource {
  const isNightSoon = (now: Date) => isNight(now, timeZone) || isNight(later(now, ON_ITS_WAY_MS), timeZone);
  /** Of what came due since it is not known that it was looked at. */
  let lookedAt = new Date(0);
  return {
    async take({ limit, resting }) {
      const now = clock();
      lookedAt = now;
      const rows = await claimOutbox(db, { limit, resting, until: later(now, LEASE_MS), night: isNightSoon(now) }, now);
      return rows.map((row) => ({
        key: `${row.kind} ${row.id}`,
        addressee: row.addressee,
        prepare: () => prepare(row),
        release: () => updateOutboxReleased(db, row.id),
      }));
    },
    countWaiting: () => countOutboxWaiting(db, isNightSoon(clock()), clock()),
    async dueInMs() {
      const next = await findNextDue(db, lookedAt);
      return next === undefined ? Number.POSITIVE_INFINITY : next.getTime() - clock().getTime();
    },
  };
}
