import { backoffMs, QUEUE_BACKOFF } from '../domain/backoff.ts';
import { later } from '../domain/durations.ts';
import type { MessengerId } from '../office/caller.ts';
import type { MessageRef } from '../office/staff/message-part.ts';
import type { Clock } from '../office/edges.ts';
import { postNotice } from '../office/notices.ts';
import type { Db } from '../records/database.ts';
import {
  markOutboxDone,
  markOutboxFailed,
  type OutboxRow,
  updateOutboxPostponed,
  updateOutboxReleased,
} from '../records/outbox.ts';
import { nameOfError } from '../runtime/name-of-error.ts';
import type { WorkerLog } from '../runtime/worker-log.ts';
import { MOST_ATTEMPTS } from './attempts.ts';
import type { Flight, DeliveryVerdict } from './flight.ts';
import type { Pace } from './pace.ts';
import type { Messenger } from './requests/actions.ts';

export type DeletionRoom = {
  db: Db;
  clock: Clock;
  messenger: Pick<Messenger, 'perform'>;
  pace: Pick<Pace, 'refuse'>;
  /** The pace's own time. */
  paceClock: Clock;
  log: WorkerLog;
  /** A message stays where it is for good. */
  onGivenUp?: (() => void) | undefined;
};

/** A message of ours is taken out of its chat. To delete a message twice does no harm. */
export function deletionFlight(room: DeletionRoom, row: OutboxRow): Flight {
  return { messages: 0, go: () => deleteMessage(room, row) };
}

async function deleteMessage(
  { db, clock, messenger, pace, paceClock, log, onGivenUp }: DeletionRoom,
  { id, attempts, addressee, message }: OutboxRow,
): Promise<DeliveryVerdict> {
  const giveUp = (reason: string): DeliveryVerdict => {
    log.warn({ deletion: id, reason }, 'a message could not be taken out of its chat');
    return {
      arrived: false,
      write: async () => {
        await db.transaction().execute(async (trx) => {
          await markOutboxFailed(trx, [id], reason, clock());
          // Whose chat it is takes it out by hand.
          const to = addressee as MessengerId;
          await postNotice(trx, { to, text: 'staff-password-not-erased', key: `not-erased/${id}` }, clock());
        });
        onGivenUp?.();
      },
    };
  };
  try {
    // What is in the table was named by the messenger.
    const done = await messenger.perform({ does: 'delete', message: message as MessageRef });
    switch (done.outcome) {
      case 'done':
      case 'message-gone':
        return { arrived: true, write: () => markOutboxDone(db, [id], clock()) };
      case 'wait': {
        const now = paceClock();
        pace.refuse(addressee, now, later(now, done.seconds * 1000));
        return { arrived: false, write: () => updateOutboxReleased(db, id) };
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
    return { arrived: false, write: () => updateOutboxPostponed(db, id, later(clock(), backoffMs(attempts, QUEUE_BACKOFF))) };
  }
}
