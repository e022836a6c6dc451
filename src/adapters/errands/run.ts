import type { Clock } from '../../office/edges.ts';
import {
  type Errand,
  markErrandsFailed,
  markErrandsDone,
  updateErrandPostponed,
  updateErrandReleased,
} from '../../records/errands.ts';
import { nameOfError } from '../name-of-error.ts';
import type { Flight, OutboxLog, Verdict } from '../outbox/line.ts';
import type { Pace } from '../outbox/pace.ts';
import { openTimeLimit, within } from '../time-limit.ts';
import { type Done, messagesOf } from './actions.ts';
import { meet, tryAgain } from './delivery-failures.ts';
import { nextStep } from './next-step.ts';
import type { Call, ErrandRoom, Step } from './step.ts';

export type Errands = ErrandRoom & { pace: Pick<Pace, 'hold' | 'pause'>; paceClock: Clock; log: OutboxLog };

/** `Messenger` promises to settle sooner; a promise that was broken must not hold an errand for ever. */
const ACTION_LIMIT = openTimeLimit(100_000);

/**
 * The errand's next call; undefined where there was nothing to call for, which is written down. One that cannot even be looked at waits as one
 * that failed does, so that other lines go on. @throws where that could not be written down either.
 */
export async function prepareErrand(errands: Errands, errand: Errand): Promise<Flight | undefined> {
  try {
    return await prepare(errands, errand);
  } catch (error) {
    const reason = nameOfError(error);
    await errands.db.transaction().execute((trx) => tryAgain(errands, trx, errand, {}, reason));
    return undefined;
  }
}

async function prepare(errands: Errands, errand: Errand): Promise<Flight | undefined> {
  const { db, clock } = errands;
  const step = await nextStep(errands, errand);
  if (step && 'action' in step) return { messages: messagesOf(step.action), go: () => run(errands, errand, step) };
  if (step && 'later' in step) await updateErrandPostponed(db, errand.id, step.later, false);
  else if (step) await failStep(errands, errand, step);
  else await markErrandsDone(db, [errand.id], clock());
  return undefined;
}

async function run(errands: Errands, errand: Errand, step: Call): Promise<Verdict> {
  const { db, messenger } = errands;
  let done: Done;
  try {
    done = await within(ACTION_LIMIT, messenger.perform(step.action), noAnswer);
  } catch (error) {
    const reason = nameOfError(error);
    return { arrived: false, write: () => db.transaction().execute((trx) => tryAgain(errands, trx, errand, step, reason)) };
  }
  if (done.outcome !== 'done') {
    const deliveryFailure = done;
    return { arrived: false, write: () => db.transaction().execute((trx) => meet(errands, trx, errand, step, deliveryFailure)) };
  }
  const { messages } = done;
  const { afterwards } = step;
  return {
    arrived: true,
    write: () => writeDown(errands, errand, step, messages),
    ...(afterwards && { afterwards: async () => void (await messenger.perform(afterwards)) }),
  };
}

/** What came of a call, in one transaction with the errand's own progress. */
async function writeDown(
  { db, clock }: Errands,
  { id }: Errand,
  { write, ends, progress }: Call,
  messages: Parameters<Call['write']>[1],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await write(trx, messages);
    if (ends) await markErrandsDone(trx, ends, clock());
    else await updateErrandReleased(trx, id, progress?.(messages));
  });
}

async function failStep(
  { db, clock, log }: Errands,
  { id, kind }: Errand,
  { fail, write }: Extract<Step, { fail: string }>,
): Promise<void> {
  log.warn({ errand: id, kind, reason: fail }, 'an errand was given up');
  await db.transaction().execute(async (trx) => {
    await write?.(trx, { reason: fail });
    await markErrandsFailed(trx, [id], fail, clock());
  });
}

function noAnswer(): never {
  throw new Error('no answer');
}
