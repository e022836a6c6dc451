import { later } from '../../domain/durations.ts';
import type { MessengerId } from '../../office/caller.ts';
import type { MessageRef } from '../../office/desk/message-part.ts';
import type { Clock } from '../../office/edges.ts';
import { postNotice } from '../../office/notices.ts';
import type { Db } from '../../records/database.ts';
import {
  countScheduledDeletionsWaiting,
  type ScheduledDeletion,
  markScheduledDeletionFailed,
  markErased,
  updateScheduledDeletionPostponed,
  updateScheduledDeletionReleased,
  claimScheduledDeletions,
} from '../../records/scheduled-deletions.ts';
import type { Messenger } from '../requests/actions.ts';
import { nameOfError } from '../../adapters/name-of-error.ts';
import { backoffMs, MOST_ATTEMPTS } from '../backoff.ts';
import type { Line, OutboxLog, Verdict } from '../line.ts';
import { LEASE_MS } from '../outbox.ts';
import type { Pace } from '../pace.ts';

export type ScheduledDeletions = {
  db: Db;
  clock: Clock;
  messenger: Pick<Messenger, 'perform'>;
  pace: Pick<Pace, 'refuse'>;
  /** The pace's own time. */
  paceClock: Clock;
  log: OutboxLog;
};

/** Messages of ours that are to be taken out of their chats, as the outbox takes them. To delete a message twice does no harm. */
export function scheduledDeletionLine(scheduledDeletions: ScheduledDeletions): Line {
  const { db, clock } = scheduledDeletions;
  return {
    name: 'scheduled_deletions',
    async take({ limit, resting }) {
      const now = clock();
      const taken = await claimScheduledDeletions(db, { limit, resting, until: later(now, LEASE_MS) }, now);
      return taken.map((scheduledDeletion) => ({
        key: `deletion ${scheduledDeletion.id}`,
        addressee: scheduledDeletion.addressee,
        prepare: async () => ({ messages: 0, go: () => erase(scheduledDeletions, scheduledDeletion) }),
        release: () => updateScheduledDeletionReleased(db, scheduledDeletion.id),
      }));
    },
    countWaiting: () => countScheduledDeletionsWaiting(db, clock()),
  };
}

async function erase(
  { db, clock, messenger, pace, paceClock, log }: ScheduledDeletions,
  scheduledDeletion: ScheduledDeletion,
): Promise<Verdict> {
  const { id, attempts } = scheduledDeletion;
  const giveUp = (reason: string): Verdict => {
    log.warn({ scheduledDeletion: id, reason }, 'a message could not be taken out of its chat');
    return {
      arrived: false,
      write: () =>
        db.transaction().execute(async (trx) => {
          await markScheduledDeletionFailed(trx, id, reason, clock());
          // Whose chat it is takes it out by hand.
          const to = scheduledDeletion.addressee as MessengerId;
          await postNotice(trx, { to, text: 'staff-password-not-erased', key: `not-erased/${id}` }, clock());
        }),
    };
  };
  try {
    // What is in the table was named by the messenger.
    const done = await messenger.perform({ does: 'delete', message: scheduledDeletion.message as MessageRef });
    switch (done.outcome) {
      case 'done':
      case 'message-gone':
        return { arrived: true, write: () => markErased(db, id, clock()) };
      case 'wait': {
        const now = paceClock();
        pace.refuse(scheduledDeletion.addressee, now, later(now, done.seconds * 1000));
        return { arrived: false, write: () => updateScheduledDeletionReleased(db, id) };
      }
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
    return { arrived: false, write: () => updateScheduledDeletionPostponed(db, id, later(clock(), backoffMs(attempts))) };
  }
}
