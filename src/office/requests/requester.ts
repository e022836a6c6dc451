import { findRequestMessage } from '../../records/request-messages.ts';
import {
  findRequest,
  findRequestOfPart,
  type Request,
  findRequestOf,
  lockRequest,
  type Requester,
} from '../../records/requests.ts';
import type { Db, Trx } from '../../records/database.ts';
import { lockRateLimit } from '../../records/rate-limit-hits.ts';
import type { Caller, MessengerId } from '../caller.ts';
import type { MessageRef } from '../staff/message-part.ts';
import { admit, admitAndLock } from '../admission.ts';
import { countedAs } from './counted-as.ts';

/** Who writes to staff: anybody may, a guest too. Whose phone somebody else took over is a guest here until a new one is confirmed. */
export type Person = Requester & { messengerId: MessengerId };

/** Not a request of this caller, or none at all. */
export type NoSuchRequest = { outcome: 'gone' };

export async function personOf(db: Db, caller: Caller, now: Date): Promise<Person> {
  return asPerson(caller, await admit(db, caller, now));
}

/** The same, and so it stays until the transaction ends; whatever this person writes meanwhile waits, from whichever messenger account. */
export async function lockPerson(trx: Trx, caller: Caller, now: Date): Promise<Person> {
  const before = asPerson(caller, await admit(trx, caller, now));
  // In one order, which `silence` keeps, too: two messenger accounts of a login lock the same. Who signs in or out meanwhile is counted as before.
  await lockRateLimit(trx, 'request', (await countedAs(trx, before)).toSorted());
  return asPerson(caller, await admitAndLock(trx, caller, now));
}

function asPerson({ messengerId }: Caller, admitted: Awaited<ReturnType<typeof admit>>): Person {
  return { messengerId, residentId: 'outcome' in admitted ? undefined : admitted.residentId };
}

/** A person's own request, locked until the transaction ends; the number is the client's word. */
export async function lockOwnRequest(trx: Trx, person: Person, number: number): Promise<Request | undefined> {
  const own = await ownRequest(trx, person, number);
  return own && lockRequest(trx, own.id);
}

export async function ownRequest(db: Db, person: Person, number: number): Promise<Request | undefined> {
  return Number.isSafeInteger(number) && number > 0 ? findRequestOf(db, person, number) : undefined;
}

/** The request of this person in which the message stands, on either side. */
export async function requestOfMessage(db: Db, caller: Caller, ref: MessageRef, now: Date): Promise<Request | undefined> {
  const person = await personOf(db, caller, now);
  const message = await findRequestMessage(db, ref);
  if (!message) return findRequestOfPart(db, person, ref);
  const request = await findRequest(db, message.requestId);
  return request && ownRequest(db, person, request.number);
}
