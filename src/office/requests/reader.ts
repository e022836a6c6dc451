import type { Db, Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { updateRequestMessage, lockAnswersHeldUp, lockWaitingAnswers } from '../../records/request-messages.ts';
import { lockRequest, type Request, updateRequest } from '../../records/requests.ts';
import { findResident } from '../../records/residents.ts';
import { findSignedIn, listResidentsSignedIn, listSessions } from '../../records/sessions.ts';
import { listUnreachable } from '../../records/unreachable.ts';
import type { MessengerId } from '../caller.ts';

/** Where staff's answers to a request are read now; `waits`: nowhere, and whoever has that chat is to sign in first. */
export type Reader = { reads: MessengerId } | { waits: MessengerId };

/**
 * A guest's request is answered in the chat it came from. A resident's is answered where that resident is signed in and lets us write: where the
 * last message came from, else in another messenger account. A resident whose phone was taken over is signed in nowhere.
 */
export async function readerOf(
  db: Db,
  { residentId, messengerId }: Pick<Request, 'residentId'> & { messengerId: string },
  now: Date,
): Promise<Reader> {
  const wrote = messengerId as MessengerId;
  if (residentId === null) return { reads: wrote };
  if (!(await findResident(db, residentId))?.phone) return { waits: wrote };
  const open = (await listSessions(db, residentId, now)).map((session) => session.messengerId);
  const shut = await listUnreachable(db, open);
  const reachable = open.filter((messengerId) => !shut.includes(messengerId));
  // Where nothing else is open it is tried all the same: staff hear what becomes of it.
  const reads = reachable.includes(wrote) ? wrote : (reachable[0] ?? open.find((messengerId) => messengerId === wrote));
  return reads === undefined ? { waits: wrote } : { reads: reads as MessengerId };
}

/** Whether what a request's resident is told may be read in a messenger account now. */
export async function mayReadIn(
  db: Db,
  { residentId }: Pick<Request, 'residentId'>,
  messengerId: string,
  now: Date,
): Promise<boolean> {
  if (residentId === null) return true;
  const signedIn = await findSignedIn(db, messengerId, now);
  return signedIn?.resident.id === residentId && signedIn.resident.phone !== null;
}

/** Whoever signs in is brought the answers that waited for it. */
export async function bringWaitingAnswers(trx: Trx, residentId: string, messengerId: MessengerId, now: Date): Promise<void> {
  for (const { id, requestId } of await lockWaitingAnswers(trx, residentId)) {
    await bring(trx, id, requestId, messengerId, now);
  }
}

/** Whoever could not be written to and can be again is brought the answers that did not arrive. */
export async function bringHeldUpAnswers(trx: Trx, messengerIds: readonly string[], now: Date): Promise<void> {
  if (messengerIds.length === 0) return;
  const residentIds = await listResidentsSignedIn(trx, messengerIds, now);
  for (const { id, requestId, messengerId } of await lockAnswersHeldUp(trx, messengerIds, residentIds)) {
    await bring(trx, id, requestId, messengerId, now);
  }
}

async function bring(trx: Trx, id: number, requestId: string, messengerId: string, now: Date): Promise<void> {
  await updateRequestMessage(trx, id, { waitsSince: null, undelivered: null });
  const progress = { again: now.toISOString() };
  await insertDelivery(trx, { to: { person: messengerId }, requestId, kind: 'relay', messageId: id, progress }, now);
  // It can be read from now on: so the days are counted after which an answered request closes by itself.
  const request = await lockRequest(trx, requestId);
  if (request?.state === 'answered') await updateRequest(trx, requestId, { state: 'answered' }, now);
}
