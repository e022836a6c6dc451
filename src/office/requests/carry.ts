import { blankSecrets } from '../../domain/secret-words.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { insertRequestMessage, hasAlbum } from '../../records/request-messages.ts';
import { updateRequest, type Request, type RequestState } from '../../records/requests.ts';
import { answeredBy } from '../staff/answered.ts';
import { type MessagePart, revisionOf } from '../staff/message-part.ts';
import { tellNotClosed } from './closing.ts';
import { countMessages } from './refusals.ts';
import type { Person } from './requester.ts';

/**
 * Puts a resident's messages into a request and in line for staff, in their order; what is in a request already is not put there twice.
 * `albumBegun`: all of them belong to an album of which some was there before.
 */
export async function carry(
  trx: Trx,
  request: Pick<Request, 'id'>,
  person: Person,
  messageParts: readonly MessagePart[],
  now: Date,
): Promise<{ carried: number; albumBegun: boolean }> {
  const [first] = messageParts;
  const album = first?.album ?? null;
  const albumBegun =
    album !== null &&
    messageParts.every((messagePart) => messagePart.album === album) &&
    (await hasAlbum(trx, request.id, album));
  let carried = 0;
  for (const messagePart of messageParts) {
    const { source, album: of } = messagePart;
    const id = await insertRequestMessage(trx, {
      requestId: request.id,
      side: 'resident',
      author: person.messengerId,
      authorName: null,
      source,
      album: of,
      // Whatever brought it here: no secret of a resident's is kept, nor shown to staff.
      words: blankSecrets(messagePart.words),
      ...revisionOf(messagePart),
      ...(await answeredBy(trx, request.id, 'resident', messagePart)),
      at: now,
    });
    if (id === undefined) continue;
    carried += 1;
    await insertDelivery(trx, { to: { staff: request.id }, kind: 'relay', messageId: id }, now);
  }
  await countMessages(trx, person, carried, now);
  return { carried, albumBegun };
}

/** When its resident took a closed request up again by a button (ISO), which leaves no message; kept among the request's `words`. */
export type Return = { returnedAt?: string };

/** The state of a request to which its resident has come back. */
export function backInWork(request: Pick<Request, 'takenBy'>): RequestState {
  return request.takenBy === null ? 'new' : 'taken';
}

/** The resident wrote: it waits for staff again, and is answered where the last message came from. A closed one is open from now on. */
export async function waitForStaff(trx: Trx, request: Request, person: Person, now: Date): Promise<void> {
  const back = request.state === 'answered' || request.state === 'closed';
  await updateRequest(
    trx,
    request.id,
    {
      messengerId: person.messengerId,
      ...(back && { state: backInWork(request) }),
      ...(request.state === 'closed' && { closedAt: null, reopened: request.reopened + 1 }),
      ...(request.waitingSince === null && { waitingSince: now, raisedAt: null }),
    },
    now,
  );
  if (request.state === 'closed') await tellNotClosed(trx, request);
  if (back) await insertDelivery(trx, { to: { staff: request.id }, kind: 'refresh' }, now);
}
