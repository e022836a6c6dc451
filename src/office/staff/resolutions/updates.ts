import { DAY_MS, later } from '../../../domain/durations.ts';
import type { Trx } from '../../../records/database.ts';
import { updateDeadLettersDue } from '../../../records/update-inbox.ts';
import type { ResolutionAsked, Resolved } from './resolved.ts';

/** An older update answers a question that is long past, and its idempotency keys are kept for some days only. */
const AGAIN_MS = DAY_MS;

/**
 * «Повторить»: the messages that failed are taken up again, each where its chat has not gone on since. One that held a secret was not kept
 * whole and cannot be; one that fails again is counted on the card. Money is taken up at any
 * time: it answers no question, and is taken in once however often it comes.
 */
export async function retryUpdates(trx: Trx, { request, now }: ResolutionAsked): Promise<Resolved> {
  const count = await updateDeadLettersDue(trx, request.id, later(now, -AGAIN_MS));
  if (count === 0) return { outcome: 'nothing' };
  return { outcome: 'done', said: 'retrying', words: { count }, closes: false, details: { count } };
}
