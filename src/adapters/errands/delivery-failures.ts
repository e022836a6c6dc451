import { later, MINUTE_MS, SECOND_MS } from '../../domain/durations.ts';
import type { Trx } from '../../records/database.ts';
import {
  insertErrand,
  type Errand,
  markErrandsFailed,
  markErrandsDone,
  updateErrandPostponed,
  updateErrandReleased,
} from '../../records/errands.ts';
import { saveFormerThread } from '../../records/former-threads.ts';
import { markUnreachable } from '../../records/notices.ts';
import { updateRequest, lockRequest } from '../../records/requests.ts';
import type { TelegramAction, Done } from './actions.ts';
import type { Errands } from './run.ts';
import { keepShows, readShows } from './shows.ts';
import type { Call, Failure } from './step.ts';
import { loseThread, NO_THREADS_MS } from './thread.ts';

const LONGEST_BACKOFF_MS = 10 * MINUTE_MS;
/** With the backoff above, about two days. Towards staff nothing is ever given up: their group is a matter of settings. */
const MOST_ATTEMPTS = 300;
/** A group that takes nothing is left alone for so long. */
const GROUP_AWAY_MS = 30 * SECOND_MS;
const FILES: ReadonlySet<TelegramAction['does']> = new Set(['hand', 'hand-album', 'copy']);

type DeliveryFailure = Exclude<Done, { outcome: 'done' }>;
/** What of a call is asked for where it failed; nothing of it, where there was none yet. */
type Attempt = Partial<Pick<Call, 'action' | 'ends' | 'failed'>>;

/** What a action that was not done means for its errand. */
export async function meet(errands: Errands, trx: Trx, errand: Errand, step: Call, met: DeliveryFailure): Promise<void> {
  const { clock, paceClock, pace, found, messenger, log } = errands;
  const now = clock();
  const toStaff = errand.addressee === 'staff';
  log.info({ errand: errand.id, kind: errand.kind, does: step.action.does, outcome: met.outcome }, 'an errand met a hindrance');
  switch (met.outcome) {
    case 'wait': {
      const until = later(paceClock(), met.seconds * SECOND_MS);
      // The group's limit is a narrow one of its own: residents do not wait for it.
      if (toStaff) pace.hold('staff', until);
      else pace.pause(until);
      return updateErrandReleased(trx, errand.id);
    }
    case 'moved':
      return updateErrandReleased(trx, errand.id);
    case 'no-threads':
      found.noThreads = { group: messenger.group(), until: later(now, NO_THREADS_MS) };
      return updateErrandReleased(trx, errand.id);
    case 'thread-gone': {
      const request = errand.request_id === null ? undefined : await lockRequest(trx, errand.request_id);
      if (request) await loseThread(trx, request, now);
      return updateErrandReleased(trx, errand.id);
    }
    case 'thread-shut':
      await noteShut(trx, errand, now);
      return updateErrandReleased(trx, errand.id);
    case 'message-gone':
      if (step.unchangeable) return beginAnew(trx, errand, (at) => step.unchangeable?.(at, true), now);
      if (errand.kind !== 'refresh') return leaveOut(trx, errand, step, now);
      return loseCard(trx, errand, now);
    case 'blocked':
      if (toStaff) {
        // Where files are not taken, words may be.
        if (!FILES.has(step.action.does)) pace.hold('staff', later(paceClock(), GROUP_AWAY_MS));
        // So long the others go first: it may be only this one that is not taken.
        return updateErrandPostponed(trx, errand.id, later(now, backoffMs(errand, GROUP_AWAY_MS)), true);
      }
      await markUnreachable(trx, errand.addressee, now);
      return giveUp(errands, trx, errand, step, { reason: met.reason, what: 'closed' });
    case 'refused': {
      // What stands in a former group is left as it is.
      if (step.unchangeable && met.what === 'moved') return leaveOut(trx, errand, step, now);
      if (step.unchangeable) return beginAnew(trx, errand, (at) => step.unchangeable?.(at, false), now);
      const instead = typeof step.instead === 'function' ? step.instead(met.what) : step.instead;
      if (instead === 'done') return leaveOut(trx, errand, step, now);
      if (instead) return updateErrandReleased(trx, errand.id, instead);
      return giveUp(errands, trx, errand, step, met);
    }
  }
}

/** A card that cannot be found is made anew; in a plain group people may answer the former one. */
async function loseCard(trx: Trx, errand: Errand, now: Date): Promise<void> {
  const request = errand.request_id === null ? undefined : await lockRequest(trx, errand.request_id);
  if (request?.card) await saveFormerThread(trx, request.card, request.id, now);
  if (request) await updateRequest(trx, request.id, { card: null }, now);
  await updateErrandReleased(trx, errand.id);
}

/** What cannot be changed is brought once more. */
async function beginAnew(trx: Trx, { id }: Errand, write: (trx: Trx) => Promise<void> | undefined, now: Date): Promise<void> {
  await write(trx);
  await markErrandsDone(trx, [id], now);
}

/** It is not known whether it was done. */
export async function tryAgain(errands: Errands, trx: Trx, errand: Errand, step: Attempt, reason: string): Promise<void> {
  const { clock, log } = errands;
  if (errand.addressee !== 'staff' && errand.attempts + 1 >= MOST_ATTEMPTS) return giveUp(errands, trx, errand, step, { reason });
  log.warn({ errand: errand.id, kind: errand.kind, attempts: errand.attempts + 1, reason }, 'an errand will be tried again');
  await updateErrandPostponed(trx, errand.id, later(clock(), backoffMs(errand, SECOND_MS)), true);
}

function backoffMs({ attempts }: Errand, first: number): number {
  return Math.min(LONGEST_BACKOFF_MS, first * 2 ** Math.min(attempts, 20));
}

async function giveUp({ clock, log }: Errands, trx: Trx, errand: Errand, step: Attempt, why: Failure): Promise<void> {
  log.warn({ errand: errand.id, kind: errand.kind, does: step.action?.does, reason: why.reason }, 'an errand was given up');
  await step.failed?.(trx, why);
  await markErrandsFailed(trx, step.ends ?? [errand.id], why.reason, clock());
}

/** It need not be done any more, or cannot be and nobody misses it. */
async function leaveOut(trx: Trx, errand: Errand, step: Call, now: Date): Promise<void> {
  await step.write(trx, []);
  if (step.ends) await markErrandsDone(trx, step.ends, now);
  else await updateErrandReleased(trx, errand.id, step.progress?.([]));
}

/** Somebody shut the thread by hand and we may not write there: it is opened for this, and made to follow its request again after. */
async function noteShut(trx: Trx, errand: Errand, now: Date): Promise<void> {
  const request = errand.request_id === null ? undefined : await lockRequest(trx, errand.request_id);
  if (!request) return;
  const shows = { ...readShows(request.thread_shows), closed: true, inTheWay: true };
  await updateRequest(trx, request.id, { thread_shows: keepShows(shows) }, now);
  await insertErrand(trx, { to: { staff: request.id }, kind: 'refresh' }, now);
}
