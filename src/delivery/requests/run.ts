import { later } from '../../domain/durations.ts';
import type { Clock } from '../../office/edges.ts';
import type { Delivery } from '../../records/deliveries.ts';
import { markOutboxDone, markOutboxFailed, updateOutboxPostponed, updateOutboxReleased } from '../../records/outbox.ts';
import { nameOfError } from '../../runtime/name-of-error.ts';
import { CarryingFailed } from '../carried-files.ts';
import type { DeliveryVerdict, Flight, FlightShare } from '../flight.ts';
import { type Pace, THREADS } from '../pace.ts';
import { openTimeLimit, within } from '../../runtime/time-limit.ts';
import type { WorkerLog } from '../../runtime/worker-log.ts';
import { type Done, isAtLarge, isOfThread, type MessengerAction, messagesOf } from './actions.ts';
import { failureOf, giveUpUnwritten, handleFailure, tryAgain } from './delivery-failures.ts';
import { nextStep } from './next-step.ts';
import type { MessengerCall, DeliveryRoom, Step } from './step.ts';

export type Deliveries = DeliveryRoom & {
  pace: Pick<Pace, 'hold' | 'refuse'>;
  paceClock: Clock;
  log: WorkerLog;
  onGivenUp?: ((kind: Delivery['kind']) => void) | undefined;
};

/** `Messenger` promises to settle sooner; a promise that was broken must not hold a delivery for ever. */
const ACTION_LIMIT = openTimeLimit(100_000);
/** The same where a file may have to be carried from one messenger to another. */
const FILE_LIMIT = openTimeLimit(450_000);

const limitOf = (action: MessengerAction) => ('file' in action || 'files' in action ? FILE_LIMIT : ACTION_LIMIT);

/**
 * The delivery's next call; undefined where there was nothing to call for, which is written down. One that cannot even be looked at waits as one
 * that failed does, so that other lines go on. @throws where that could not be written down either.
 */
export async function prepareDelivery(deliveries: Deliveries, delivery: Delivery): Promise<Flight | undefined> {
  try {
    return await prepare(deliveries, delivery);
  } catch (error) {
    const reason = nameOfError(error);
    await deliveries.db.transaction().execute((trx) => tryAgain(deliveries, trx, delivery, {}, reason));
    return undefined;
  }
}

async function prepare(deliveries: Deliveries, delivery: Delivery): Promise<Flight | undefined> {
  const { db, clock } = deliveries;
  const step = await nextStep(deliveries, delivery);
  const shut = deliveries.found.shutAtLarge;
  if (step && 'action' in step) {
    // Each would be refused as the one before it was, and take its share of the minute from those that are taken.
    if (shut && shut.group === deliveries.messenger.group() && clock() < shut.until && isAtLarge(step.action)) {
      await updateOutboxPostponed(db, delivery.id, shut.until, false);
      return undefined;
    }
    return {
      messages: messagesOf(step.action),
      share: isOfThread(step.action) ? threadShareOf(deliveries, delivery, step) : undefined,
      go: () => run(deliveries, delivery, step),
    };
  }
  if (step && 'later' in step) await updateOutboxPostponed(db, delivery.id, step.later, false);
  else if (step) await failStep(deliveries, delivery, step);
  else await markOutboxDone(db, [delivery.id], clock());
  return undefined;
}

/** Names and states of threads that are there go before the opening of more: so much of the share is left for them. */
const LEFT_FOR_TITLES = 6;

function threadShareOf({ db, clock }: Deliveries, { id }: Delivery, { action }: MessengerCall): FlightShare {
  return {
    of: THREADS,
    room: action.does === 'open-thread' ? 1 + LEFT_FOR_TITLES : 1,
    postpone: (ms) => updateOutboxPostponed(db, id, later(clock(), ms), false),
  };
}

async function run(deliveries: Deliveries, delivery: Delivery, step: MessengerCall): Promise<DeliveryVerdict> {
  const { db, messenger } = deliveries;
  const notDone = (failure: Exclude<Done, { outcome: 'done' }>): DeliveryVerdict => ({
    arrived: false,
    write: () => db.transaction().execute((trx) => handleFailure(deliveries, trx, delivery, step, failure)),
    giveUp: (reason) => giveUpUnwritten(deliveries, delivery, step, { ...failureOf(failure), reason }),
  });
  let done: Done;
  try {
    done = await within(limitOf(step.action), messenger.perform(step.action), noAnswer);
  } catch (error) {
    const reason = nameOfError(error);
    // A file that cannot be had does not keep the words below it, and all that waits behind them.
    if (error instanceof CarryingFailed && delivery.attempts + 1 >= error.mostAttempts)
      return notDone({ outcome: 'refused', reason, what: 'file' });
    return {
      arrived: false,
      write: () => db.transaction().execute((trx) => tryAgain(deliveries, trx, delivery, step, reason)),
      giveUp: (why) => giveUpUnwritten(deliveries, delivery, step, { reason: why }),
    };
  }
  if (done.outcome !== 'done') return notDone(done);
  const { messages } = done;
  const { afterwards } = step;
  return {
    arrived: true,
    write: () => writeDown(deliveries, delivery, step, messages),
    // What is there as a whole nobody is told to miss; of what has more parts, these come no more.
    giveUp: (reason) => giveUpUnwritten(deliveries, delivery, step.ends ? { ...step, failed: undefined } : step, { reason }),
    ...(afterwards && { afterwards: async () => void (await messenger.perform(afterwards)) }),
  };
}

/** What came of a call, in one transaction with the delivery's own progress. */
async function writeDown(
  { db, clock }: Deliveries,
  { id }: Delivery,
  { write, ends, progress }: MessengerCall,
  messages: Parameters<MessengerCall['write']>[1],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await write(trx, messages);
    if (ends) await markOutboxDone(trx, ends, clock());
    else await updateOutboxReleased(trx, id, progress?.(messages));
  });
}

async function failStep(
  { db, clock, log, onGivenUp }: Deliveries,
  { id, kind }: Delivery,
  { fail, write }: Extract<Step, { fail: string }>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await write?.(trx, { reason: fail });
    await markOutboxFailed(trx, [id], fail, clock());
  });
  log.warn({ delivery: id, kind, reason: fail }, 'a delivery was given up');
  onGivenUp?.(kind);
}

function noAnswer(): never {
  throw new Error('no answer');
}
