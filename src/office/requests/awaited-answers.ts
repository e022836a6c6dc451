import type { Db, Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { hasWaitingAnswer, type RequestMessage, updateRequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import type { MessengerId } from '../caller.ts';
import { readerOf } from './reader.ts';

/** That an answer waits for its reader to sign in: `tell` is who is told so, undefined where he knows it of an answer before this one. */
export type AnswerWait = { tell: MessengerId | undefined };

/** Whether an answer waits for a resident who is signed in nowhere now; undefined: it can be brought, or is no answer. */
export async function findAnswerWait(
  db: Db,
  request: Request,
  { side }: Pick<RequestMessage, 'side'>,
  now: Date,
): Promise<AnswerWait | undefined> {
  const { id, messengerId } = request;
  if (side !== 'staff' || messengerId === null) return undefined;
  const reader = await readerOf(db, { ...request, messengerId }, now);
  if ('reads' in reader) return undefined;
  return { tell: (await hasWaitingAnswer(db, id)) ? undefined : reader.waits };
}

/** The answer waits from now on. */
export async function markAnswerWaits(trx: Trx, { id }: Pick<RequestMessage, 'id'>, now: Date): Promise<void> {
  await updateRequestMessage(trx, id, { waitsSince: now });
}

/** Its resident was told so, and staff are, too. */
export async function noteAnswerWaits(
  trx: Trx,
  { id: requestId, number }: Pick<Request, 'id' | 'number'>,
  message: Pick<RequestMessage, 'id'>,
  now: Date,
): Promise<void> {
  await markAnswerWaits(trx, message, now);
  const botMessage = { text: 'thread-answer-waits', words: { number }, doors: [] };
  const key = `answer-waits/${message.id}`;
  await insertDelivery(trx, { to: { staff: requestId }, kind: 'say', botMessage, key }, now);
}
