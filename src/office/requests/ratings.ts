import type { Mark } from '../../domain/request.ts';
import { blankSecrets } from '../../domain/secret-words.ts';
import { insertDelivery, tryLockWaitingRefresh } from '../../records/deliveries.ts';
import { updateRequest, type Request } from '../../records/requests.ts';
import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { countMessages, type EnoughToday, refusesMessages, type Silenced, silenceOf } from './refusals.ts';
import { lockOwnRequest, lockPerson, type NoSuchRequest } from './requester.ts';

/** How a closed request was answered, in the eyes of whoever wrote it: a mark, and a word to it. */
export function createRatings(edges: Pick<OfficeEdges, 'db' | 'clock'>) {
  const { clock } = edges;

  return {
    /** What the person thinks of how a closed request was answered; the last mark counts. `explained`: the word to it is said already. */
    async rate(
      caller: Caller,
      number: number,
      mark: Mark,
    ): Promise<{ outcome: 'rated'; explained: boolean } | { outcome: 'open' } | NoSuchRequest | Silenced> {
      return idempotent(edges, caller, 'requests.rate', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const request = await lockOwnRequest(trx, person, number);
        if (!request) return { outcome: 'gone' } as const;
        if (request.state !== 'closed') return { outcome: 'open' } as const;
        const silenced = await silenceOf(trx, person, now);
        if (silenced) return silenced;
        const explained = isExplained(request);
        await updateRequest(trx, request.id, { rating: mark, ratedAt: now, ...(!explained && { ratingWords: null }) }, now);
        // However often it is changed, one refresh waits.
        if (request.rating !== mark && !(await tryLockWaitingRefresh(trx, request.id)))
          await insertDelivery(trx, { to: { staff: request.id }, kind: 'refresh' }, now);
        return { outcome: 'rated', explained } as const;
      });
    },

    /**
     * A word to the rating, once for each time that the request was closed; staff read it in its thread, also where that is open again by then. Counted
     * as a message is.
     */
    async rateWords(
      caller: Caller,
      number: number,
      written: string,
    ): Promise<{ outcome: 'rated' | 'explained' } | NoSuchRequest | Silenced | EnoughToday> {
      return idempotent(edges, caller, 'requests.rateWords', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const request = await lockOwnRequest(trx, person, number);
        if (!request || request.rating === null) return { outcome: 'gone' } as const;
        if (isExplained(request)) return { outcome: 'explained' } as const;
        const refused = await refusesMessages(trx, person, 1, now);
        if (refused) return refused;
        await countMessages(trx, person, 1, now);
        const words = blankSecrets(written);
        await updateRequest(trx, request.id, { ratingWords: words }, now);
        const botMessage = { text: 'staff-request-rated', words: { mark: request.rating, words }, doors: [] };
        await insertDelivery(trx, { to: { staff: request.id }, kind: 'say', botMessage }, now);
        return { outcome: 'rated' } as const;
      });
    },
  };
}

/** Whether the word to the rating was said since the request was closed last; of one that is open again: at all. */
function isExplained({ ratingWords: words, ratedAt: rated, closedAt: closed }: Request): boolean {
  return words !== null && rated !== null && (closed === null || rated >= closed);
}
