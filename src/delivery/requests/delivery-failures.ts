import { backoffMs, QUEUE_BACKOFF } from '../../domain/backoff.ts';
import { later, SECOND_MS } from '../../domain/durations.ts';
import { readerOf } from '../../office/requests/reader.ts';
import type { Trx } from '../../records/database.ts';
import { tryLockWaitingRefresh, insertDelivery, type Delivery, TO_THREADS } from '../../records/deliveries.ts';
import { saveFormerThread } from '../../records/former-threads.ts';
import { markOutboxDone, markOutboxFailed, updateOutboxPostponed, updateOutboxReleased } from '../../records/outbox.ts';
import { updateRequest, lockRequest, type Request } from '../../records/requests.ts';
import { MOST_ATTEMPTS } from '../attempts.ts';
import { isRefusedByDatabase } from '../database-refusal.ts';
import { giveUpPerson } from '../give-up-person.ts';
import { type MessengerAction, type Done, whoseChat } from './actions.ts';
import type { Deliveries } from './run.ts';
import { keepShows, readShows } from './shows.ts';
import type { MessengerCall, Failure } from './step.ts';
import { loseThread, NO_THREADS_MS } from './thread.ts';

/** A group that takes nothing is left alone for so long. */
const GROUP_AWAY_MS = 30 * SECOND_MS;
const GROUP_BACKOFF = { ...QUEUE_BACKOFF, firstMs: GROUP_AWAY_MS };
const FILES: ReadonlySet<MessengerAction['does']> = new Set(['hand', 'hand-album', 'copy']);

type DeliveryFailure = Exclude<Done, { outcome: 'done' }>;
/** What of a call is asked for where it failed; nothing of it, where there was none yet. */
type Attempt = Partial<Pick<MessengerCall, 'action' | 'ends' | 'failed'>>;

/** What an action that was not done means for its delivery. */
export async function handleFailure(
  deliveries: Deliveries,
  trx: Trx,
  delivery: Delivery,
  step: MessengerCall,
  met: DeliveryFailure,
): Promise<void> {
  const { clock, paceClock, pace, found, messenger, log } = deliveries;
  const now = clock();
  const toStaff = isToStaff(delivery);
  log.info(
    { delivery: delivery.id, kind: delivery.kind, does: step.action.does, outcome: met.outcome },
    'a delivery was refused',
  );
  switch (met.outcome) {
    case 'wait': {
      const refusedAt = paceClock();
      pace.refuse(delivery.addressee, refusedAt, later(refusedAt, met.seconds * SECOND_MS));
      return updateOutboxReleased(trx, delivery.id);
    }
    case 'moved':
      return updateOutboxReleased(trx, delivery.id);
    case 'no-threads':
      found.noThreads = { group: messenger.group(), until: later(now, NO_THREADS_MS) };
      return updateOutboxReleased(trx, delivery.id);
    case 'thread-gone':
    case 'thread-shut': {
      if (!toStaff) return tryAgain(deliveries, trx, delivery, step, met.outcome);
      const request = delivery.requestId === null ? undefined : await lockRequest(trx, delivery.requestId);
      // Of the group's first thread; nothing of ours can open it again.
      if (!request || request.thread === null) return postpone(deliveries, trx, delivery);
      if (met.outcome === 'thread-gone') await loseThread(trx, request, now);
      else await noteShut(trx, delivery, request, now);
      // At once; where that did not help, later and later.
      const until = delivery.attempts === 0 ? now : later(now, backoffMs(delivery.attempts, QUEUE_BACKOFF));
      return updateOutboxPostponed(trx, delivery.id, until);
    }
    case 'message-gone':
      if (step.unchangeable) return beginAnew(trx, delivery, (at) => step.unchangeable?.(at, true), now);
      if (delivery.kind !== 'refresh') return leaveOut(trx, delivery, step, now);
      return loseCard(trx, delivery, now);
    case 'blocked': {
      if (toStaff) {
        if (met.ofKind && step.heldBack) return step.heldBack(trx);
        if (met.partly) found.shutAtLarge = { group: messenger.group(), until: later(now, GROUP_AWAY_MS) };
        // Where files are not taken, words may be.
        else if (!FILES.has(step.action.does)) pace.hold('staff', later(paceClock(), GROUP_AWAY_MS));
        return postpone(deliveries, trx, delivery);
      }
      // An answer may be read in another account of the same login than the one that the request is from.
      const person = whoseChat(step.action) ?? delivery.addressee;
      await giveUpPerson(trx, person, now);
      if (await isReadElsewhere(trx, delivery, person, now)) return updateOutboxReleased(trx, delivery.id);
      return giveUp(deliveries, trx, delivery, step, { reason: met.reason, ...failureOf(met) });
    }
    case 'refused': {
      // What stands in a former group is left as it is.
      if (step.unchangeable && met.what === 'moved') return leaveOut(trx, delivery, step, now);
      if (step.unchangeable) return beginAnew(trx, delivery, (at) => step.unchangeable?.(at, false), now);
      if (step.otherwise) {
        await step.otherwise(trx);
        return updateOutboxReleased(trx, delivery.id);
      }
      const instead = typeof step.instead === 'function' ? step.instead(met.what) : step.instead;
      if (instead === 'done') return leaveOut(trx, delivery, step, now);
      if (instead) return updateOutboxReleased(trx, delivery.id, instead);
      return giveUp(deliveries, trx, delivery, step, met);
    }
  }
}

/** Whether an answer has another way than into the chat that takes nothing; of one that is there in part the rest goes nowhere else. */
async function isReadElsewhere(trx: Trx, { kind, requestId, progress }: Delivery, person: string, now: Date): Promise<boolean> {
  if (kind !== 'relay' || progress.parts || requestId === null) return false;
  const request = await lockRequest(trx, requestId);
  if (!request || request.messengerId === null) return false;
  const reader = await readerOf(trx, { ...request, messengerId: request.messengerId }, now);
  return ('reads' in reader ? reader.reads : reader.waits) !== person;
}

/** So long the others go first: it may be only this one that is not taken. */
function postpone({ clock }: Deliveries, trx: Trx, { id, attempts }: Delivery): Promise<void> {
  return updateOutboxPostponed(trx, id, later(clock(), backoffMs(attempts, GROUP_BACKOFF)));
}

const isToStaff = ({ addressee }: Delivery): boolean => addressee === 'staff' || addressee === TO_THREADS;

/** A card that cannot be found is made anew; in a plain group people may answer the former one. */
async function loseCard(trx: Trx, delivery: Delivery, now: Date): Promise<void> {
  const request = delivery.requestId === null ? undefined : await lockRequest(trx, delivery.requestId);
  if (request?.card) await saveFormerThread(trx, request.card, request.id, now);
  if (request) await updateRequest(trx, request.id, { card: null }, now);
  await updateOutboxReleased(trx, delivery.id);
}

/** What cannot be changed is brought once more. */
async function beginAnew(trx: Trx, { id }: Delivery, write: (trx: Trx) => Promise<void> | undefined, now: Date): Promise<void> {
  await write(trx);
  await markOutboxDone(trx, [id], now);
}

/** It is not known whether it was done. */
export async function tryAgain(
  deliveries: Deliveries,
  trx: Trx,
  delivery: Delivery,
  step: Attempt,
  reason: string,
): Promise<void> {
  const { clock, log } = deliveries;
  // Towards staff nothing is ever given up: their group is a matter of settings.
  if (!isToStaff(delivery) && delivery.attempts + 1 >= MOST_ATTEMPTS) return giveUp(deliveries, trx, delivery, step, { reason });
  log.warn(
    { delivery: delivery.id, kind: delivery.kind, attempts: delivery.attempts + 1, reason },
    'a delivery will be tried again',
  );
  await updateOutboxPostponed(trx, delivery.id, later(clock(), backoffMs(delivery.attempts, QUEUE_BACKOFF)), true);
}

/** What of a failure is told to staff. */
export function failureOf(met: DeliveryFailure): Pick<Failure, 'what'> {
  if (met.outcome === 'blocked') return { what: 'closed' };
  return met.outcome === 'refused' && met.what !== undefined ? { what: met.what } : {};
}

/**
 * What became of a call cannot be written down: all that the call ends is given up. Of what did not arrive staff are told, where that is not
 * taken either in fewer words.
 */
export async function giveUpUnwritten(deliveries: Deliveries, delivery: Delivery, step: Attempt, why: Failure): Promise<void> {
  const without: Attempt = { ...step, failed: undefined };
  const ways: [Attempt, Failure][] = step.failed
    ? [
        [step, why],
        [step, { ...why, unnoted: true }],
        [without, why],
      ]
    : [[without, why]];
  for (const [attempt, failure] of ways) {
    try {
      return await deliveries.db.transaction().execute((trx) => giveUp(deliveries, trx, delivery, attempt, failure));
    } catch (error) {
      if (attempt === without || !isRefusedByDatabase(error)) throw error;
    }
  }
}

async function giveUp(
  { clock, log, onGivenUp }: Deliveries,
  trx: Trx,
  delivery: Delivery,
  step: Attempt,
  why: Failure,
): Promise<void> {
  await step.failed?.(trx, why);
  await markOutboxFailed(trx, step.ends ?? [delivery.id], why.reason, clock());
  // Once it is taken: what is refused is tried again.
  log.warn(
    { delivery: delivery.id, kind: delivery.kind, does: step.action?.does, reason: why.reason },
    'a delivery was given up',
  );
  onGivenUp?.(delivery.kind);
}

/** It need not be done any more, or cannot be and nobody misses it. */
async function leaveOut(trx: Trx, delivery: Delivery, step: MessengerCall, now: Date): Promise<void> {
  await step.write(trx, []);
  if (step.ends) await markOutboxDone(trx, step.ends, now);
  else await updateOutboxReleased(trx, delivery.id, step.progress?.([]));
}

/** Somebody shut the thread by hand and we may not write there: it is opened for this, and made to follow its request again after. */
async function noteShut(trx: Trx, delivery: Delivery, request: Request, now: Date): Promise<void> {
  const shows = { ...readShows(request.threadShows), closed: true, inTheWay: true };
  await updateRequest(trx, request.id, { threadShows: keepShows(shows) }, now);
  if (delivery.kind === 'refresh' || (await tryLockWaitingRefresh(trx, request.id))) return;
  await insertDelivery(trx, { to: { staff: request.id }, kind: 'refresh' }, now);
}
