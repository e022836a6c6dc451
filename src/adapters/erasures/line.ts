import { later } from '../../domain/durations.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/desk/message-part.ts';
import type { Clock } from '../../office/edges.ts';
import { postNotice } from '../../office/notices.ts';
import type { Db } from '../../records/database.ts';
import {
  countErasuresWaiting,
  type Erasure,
  markErasureFailed,
  markErased,
  updateErasurePostponed,
  updateErasureReleased,
  claimErasures,
} from '../../records/erasures.ts';
import type { Messenger } from '../errands/actions.ts';
import { nameOfError } from '../name-of-error.ts';
import type { Line, OutboxLog, Verdict } from '../outbox/line.ts';
import { LEASE_MS } from '../outbox/outbox.ts';
import type { Pace } from '../outbox/pace.ts';

export type Erasures = {
  db: Db;
  clock: Clock;
  messenger: Pick<Messenger, 'perform'>;
  pace: Pick<Pace, 'pause'>;
  /** The pace's own time. */
  paceClock: Clock;
  log: OutboxLog;
};

const LONGEST_BACKOFF_MS = 600_000;
/** With the backoff above, about two days: after 48 hours Telegram lets no message be deleted. */
const MOST_ATTEMPTS = 300;

/** Messages of ours that are to be taken out of their chats, as the outbox takes them. To delete a message twice does no harm. */
export function erasureLine(erasures: Erasures): Line {
  const { db, clock } = erasures;
  return {
    name: 'erasures',
    async take({ limit, resting }) {
      const now = clock();
      const taken = await claimErasures(db, { limit, resting, until: later(now, LEASE_MS) }, now);
      return taken.map((erasure) => ({
        key: `erasure ${erasure.id}`,
        addressee: erasure.addressee,
        prepare: async () => ({ messages: 0, go: () => erase(erasures, erasure) }),
        release: () => updateErasureReleased(db, erasure.id),
      }));
    },
    countWaiting: () => countErasuresWaiting(db, clock()),
  };
}

async function erase({ db, clock, messenger, pace, paceClock, log }: Erasures, erasure: Erasure): Promise<Verdict> {
  const { id, attempts } = erasure;
  const giveUp = (reason: string): Verdict => {
    log.warn({ erasure: id, reason }, 'a message could not be taken out of its chat');
    return {
      arrived: false,
      write: () =>
        db.transaction().execute(async (trx) => {
          await markErasureFailed(trx, id, reason, clock());
          // Whose chat it is takes it out by hand.
          const to = erasure.addressee as MessengerId;
          await postNotice(trx, { to, text: 'staff-password-not-erased', key: `not-erased/${id}` }, clock());
        }),
    };
  };
  try {
    // What is in the table was named by the messenger.
    const done = await messenger.perform({ does: 'delete', message: erasure.message as MessageRef });
    switch (done.outcome) {
      case 'done':
      case 'message-gone':
        return { arrived: true, write: () => markErased(db, id, clock()) };
      case 'wait':
        pace.pause(later(paceClock(), done.seconds * 1000));
        return { arrived: false, write: () => updateErasureReleased(db, id) };
      case 'blocked':
      case 'refused':
        return giveUp(done.reason);
      case 'moved':
      case 'no-threads':
      case 'thread-gone':
      case 'thread-shut':
        return giveUp(done.outcome);
    }
  } catch (error) {
    const reason = nameOfError(error);
    if (attempts + 1 >= MOST_ATTEMPTS) return giveUp(reason);
    const backoffMs = Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** Math.min(attempts, 20));
    return { arrived: false, write: () => updateErasurePostponed(db, id, later(clock(), backoffMs)) };
  }
}
