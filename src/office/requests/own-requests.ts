import { OPEN_REQUESTS } from '../../domain/limits.ts';
import { reopenSince } from '../../domain/request.ts';
import { listLastMessages, type MessagePartKind } from '../../records/request-messages.ts';
import { listClosedRequestsOf, listOpenRequestsOf, listRequestsOf, type Request } from '../../records/requests.ts';
import type { Caller } from '../caller.ts';
import type { MessageRef } from '../staff/message-part.ts';
import type { OfficeEdges } from '../edges.ts';
import { type Silenced, silenceOf, waitingOf } from './refusals.ts';
import { type NoSuchRequest, ownRequest, personOf, requestOfMessage } from './requester.ts';
import { lineOf, type RequestLine, type ShownRequest, shownOf } from './shown.ts';

/** What somebody said in a request, as its resident sees it. */
export type SaidInRequest = { side: 'resident' | 'staff'; kind: MessagePartKind; words: string; at: string };

/** More of a person's requests are not shown. */
const MOST_LISTED = 100;
const LAST_SAID = 6;

/** The person's requests as they are shown to him; nothing is changed here. */
export function createOwnRequests(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'>) {
  const { db, clock, centre } = edges;

  return {
    /** All of the person's requests, the newest first. */
    async list(caller: Caller): Promise<RequestLine[]> {
      const requests = await listRequestsOf(db, await personOf(db, caller, clock()), MOST_LISTED);
      return requests.map((request) => lineOf(request, centre));
    },

    /** One of them. */
    async find(caller: Caller, number: number): Promise<{ outcome: 'found'; request: ShownRequest } | NoSuchRequest> {
      const now = clock();
      const request = await ownRequest(db, await personOf(db, caller, now), number);
      return request ? { outcome: 'found', request: shownOf(request, centre, now) } : { outcome: 'gone' };
    },

    /** One of them, with what was said in it last, from the oldest. */
    async show(
      caller: Caller,
      number: number,
    ): Promise<{ outcome: 'shown'; request: ShownRequest; said: SaidInRequest[] } | NoSuchRequest> {
      const now = clock();
      const request = await ownRequest(db, await personOf(db, caller, now), number);
      if (!request) return { outcome: 'gone' };
      const said = (await listLastMessages(db, request.id, LAST_SAID)).map(
        ({ side, kind, words, at }): SaidInRequest => ({
          side: side === 'resident' ? 'resident' : 'staff',
          kind,
          words,
          at: at.toISOString(),
        }),
      );
      return { outcome: 'shown', request: shownOf(request, centre, now), said };
    },

    /**
     * Where words without an address may belong: requests that are open, those that may be opened again (the newest first), or a new one, if
     * there may be another. `writesOn`: the number of the only one of all, which was closed by itself and is taken up again by words.
     */
    async openOnes(
      caller: Caller,
    ): Promise<
      { outcome: 'listed'; open: RequestLine[]; lately: RequestLine[]; another: boolean; writesOn: number | null } | Silenced
    > {
      const now = clock();
      const person = await personOf(db, caller, now);
      const silenced = await silenceOf(db, person, now);
      if (silenced) return silenced;
      const open = await listOpenRequestsOf(db, person);
      const lately = await listClosedRequestsOf(db, person, reopenSince(now));
      const lines = (requests: readonly Request[]) => requests.map((request) => lineOf(request, centre));
      const [only, second] = [...open, ...lately];
      const writesOn = only?.closedByItself === true && !second ? only.number : null;
      const another = waitingOf(open).length < OPEN_REQUESTS;
      return { outcome: 'listed', open: lines(open), lately: lines(lately), another, writesOn };
    },

    /** The person's request in which a message stands: written there by either side, or brought there. */
    async ofMessage(caller: Caller, ref: MessageRef): Promise<{ outcome: 'found'; number: number } | { outcome: 'unknown' }> {
      const request = await requestOfMessage(db, caller, ref, clock());
      return request ? { outcome: 'found', number: request.number } : { outcome: 'unknown' };
    },
  };
}
