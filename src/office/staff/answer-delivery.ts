import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { updateRequestMessage, type RequestMessage } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';

/** Nobody is there to read it: the consent was withdrawn. */
export type Nobody = { outcome: 'nobody'; number: number };

/** Where a delivery about an answer goes: to whoever wrote the request, never to anybody that a message names. */
export function towards({ id, messengerId }: Request) {
  return { to: { person: messengerId ?? '' }, requestId: id };
}

/** It is on its way to whoever wrote the request. */
export async function carryAnswer(trx: Trx, request: Request, messageId: number, now: Date): Promise<void> {
  await insertDelivery(trx, { ...towards(request), kind: 'relay', messageId }, now);
}

/** What it fails of is told anew, whatever staff were told of it before. */
export async function carryAnswerAgain(trx: Trx, request: Request, messageId: number, now: Date): Promise<void> {
  const progress = { again: now.toISOString() };
  await insertDelivery(trx, { ...towards(request), kind: 'relay', messageId, progress }, now);
}

/** It is not to be sent any more; where it was, it is deleted there. */
export async function takeBack(
  trx: Trx,
  request: Request,
  { id }: RequestMessage,
  side: 'staff' | 'note',
  now: Date,
): Promise<void> {
  await updateRequestMessage(trx, id, { side, withdrawnAt: now });
  if (request.messengerId !== null) await insertDelivery(trx, { ...towards(request), kind: 'withdraw', messageId: id }, now);
}
