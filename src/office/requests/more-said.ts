import { mayReopen } from '../../domain/request.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import { updateRequestWords } from '../../records/requests.ts';
import type { Caller } from '../caller.ts';
import { sayClosed } from '../staff/closed-hours.ts';
import type { HoursEdges } from '../staff/hours.ts';
import type { MessagePart } from '../staff/message-part.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { carry, type Return, waitForStaff } from './carry.ts';
import { type EnoughToday, refusesMessages, type Silenced, silenceOf } from './refusals.ts';
import { lockOwnRequest, lockPerson, type NoSuchRequest } from './requester.ts';

export type Added = {
  outcome: 'added';
  number: number;
  /** It had been closed and is open again. */
  reopened: boolean;
  /** More of an album of which some is in the request already. */
  albumBegun: boolean;
};
/** It was closed so long ago that a new one is to be opened. */
export type TooLate = { outcome: 'too-late'; number: number };

/** What puts a request to work once more: more words to it, or «Вернуть в работу». */
export function createMoreSaid(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & HoursEdges) {
  const { clock } = edges;

  return {
    /** More to a request; one that was closed within the last days is open again by it. */
    async add(
      caller: Caller,
      number: number,
      messageParts: readonly MessagePart[],
    ): Promise<Added | TooLate | NoSuchRequest | Silenced | EnoughToday> {
      return idempotent(edges, caller, 'requests.add', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const request = await lockOwnRequest(trx, person, number);
        if (!request) return { outcome: 'gone' } as const;
        if (request.closedAt && !mayReopen(request.closedAt, now)) return { outcome: 'too-late', number } as const;
        const refused = await refusesMessages(trx, person, messageParts.length, now);
        if (refused) return refused;
        const reopened = request.state === 'closed';
        await waitForStaff(trx, request, person, now);
        const { albumBegun } = await carry(trx, request, person, messageParts, now);
        await sayClosed(trx, edges, { ...request, messengerId: person.messengerId }, now);
        return { outcome: 'added', number, reopened, albumBegun } as const;
      });
    },

    /** «Вернуть в работу»: within some days after it was closed. */
    async reopen(
      caller: Caller,
      number: number,
    ): Promise<{ outcome: 'reopened' | 'open'; number: number } | TooLate | NoSuchRequest | Silenced> {
      return idempotent(edges, caller, 'requests.reopen', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const request = await lockOwnRequest(trx, person, number);
        if (!request) return { outcome: 'gone' } as const;
        if (!request.closedAt) return { outcome: 'open', number } as const;
        if (!mayReopen(request.closedAt, now)) return { outcome: 'too-late', number } as const;
        const silenced = await silenceOf(trx, person, now);
        if (silenced) return silenced;
        await waitForStaff(trx, request, person, now);
        const words = { ...request.words, ...({ returnedAt: now.toISOString() } satisfies Return) };
        await updateRequestWords(trx, request.id, { words, account: request.account });
        const botMessage = { text: 'staff-request-reopened', words: {}, doors: [] };
        await insertDelivery(trx, { to: { staff: request.id }, kind: 'say', botMessage }, now);
        return { outcome: 'reopened', number } as const;
      });
    },
  };
}
