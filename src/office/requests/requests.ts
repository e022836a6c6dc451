import { calledName } from '../../domain/called-name.ts';
import { OPEN_REQUESTS } from '../../domain/limits.ts';
import { type Mark, mayReopen, reopenSince } from '../../domain/request.ts';
import { blankSecrets } from '../../domain/secret-words.ts';
import { guessTopic } from '../../domain/request-topic.ts';
import { insertDelivery, tryLockWaitingRefresh } from '../../records/deliveries.ts';
import { updateMessageRevised } from '../../records/request-answers.ts';
import { findRequestMessage, listLastMessages, type MessagePartKind } from '../../records/request-messages.ts';
import {
  insertRequest,
  updateRequest,
  updateRequestWords,
  findRequest,
  findRequestOfPart,
  listClosedRequestsOf,
  listOpenRequestsOf,
  listRequestsOf,
  type Request,
} from '../../records/requests.ts';
import type { Caller } from '../caller.ts';
import { sayClosed } from '../staff/closed-hours.ts';
import { deskHours, type HoursEdges, normMs } from '../staff/hours.ts';
import {
  contextWith,
  isSameFile,
  keptFile,
  looksSame,
  type MessageRef,
  type MessagePart,
  revisionOf,
} from '../staff/message-part.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { ownAccount } from '../accounts/own-account.ts';
import { carry, type Return, waitForStaff } from './carry.ts';
import { lastWordsTo } from './last-words.ts';
import {
  countMessages,
  countRequest,
  type EnoughOpen,
  type EnoughToday,
  isFirstRefusal,
  refusesMessages,
  refusesToOpen,
  type Silenced,
  silenceOf,
  waitingOf,
} from './refusals.ts';
import { lockOwnRequest, lockPerson, type NoSuchRequest, ownRequest, personOf } from './requester.ts';
import { lineOf, type RequestLine, type ShownRequest, shownOf } from './shown.ts';

/** What somebody said in a request, as its resident sees it. */
export type SaidInRequest = { side: 'resident' | 'staff'; kind: MessagePartKind; words: string; at: string };

/**
 * `account`: the number of the one that it is about. `answerBy`: until then the norm allows; null where nobody works within a year. `others`: how
 * many more of the person's are open.
 */
export type Opened = {
  outcome: 'opened';
  number: number;
  topic: string;
  account: string | null;
  answerBy: string | null;
  others: number;
};
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

/** More of a person's requests are not shown. */
const MOST_LISTED = 100;
const LAST_SAID = 6;

export type Edited =
  | { outcome: 'edited' }
  | { outcome: 'unknown' }
  /** `first`: it has not been said lately that corrections are not taken. */
  | ((Silenced | EnoughToday) & { first: boolean });

export type Requests = ReturnType<typeof createRequests>;

/** Section 5: what residents, and guests too, ask the centre, and what becomes of it. */
export function createRequests(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & HoursEdges) {
  const { db, clock, centre } = edges;

  /** The request of this person in which the message stands, on either side. */
  async function requestOfMessage(caller: Caller, ref: MessageRef): Promise<Request | undefined> {
    const person = await personOf(db, caller, clock());
    const message = await findRequestMessage(db, ref);
    if (!message) return findRequestOfPart(db, person, ref);
    const request = await findRequest(db, message.requestId);
    return request && ownRequest(db, person, request.number);
  }

  return {
    /** What may be asked about, and whether the person has asked before; or why nothing may be asked now. */
    async topics(
      caller: Caller,
    ): Promise<
      { outcome: 'listed'; topics: { key: string; label: string }[]; askedBefore: boolean } | Silenced | EnoughOpen | EnoughToday
    > {
      const person = await personOf(db, caller, clock());
      const refused = await refusesToOpen(db, person, clock());
      if (refused) return refused;
      const askedBefore = (await listRequestsOf(db, person, 1)).length > 0;
      return { outcome: 'listed', topics: centre.requests.topics.map(({ key, label }) => ({ key, label })), askedBefore };
    },

    /** What words are about, as far as one can guess: a topic's key. */
    async guessTopic(_caller: Caller, words: readonly string[]): Promise<{ topic: string }> {
      return { topic: guessTopic(centre.requests.topics, words.join(' '))?.key ?? '' };
    },

    /**
     * A new request about `topic` (a key) and, where it is about one, the account behind `link`. `gone`: the link has ended, or the
     * settings file no longer has the topic.
     */
    async open(
      caller: Caller & { name?: string },
      { topic, link, messageParts }: { topic: string; link: string | null; messageParts: readonly MessagePart[] },
    ): Promise<Opened | NoSuchRequest | Silenced | EnoughOpen | EnoughToday> {
      return idempotent(edges, caller, 'requests.open', async (trx) => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const refused = (await refusesToOpen(trx, person, now)) ?? (await refusesMessages(trx, person, messageParts.length, now));
        if (refused) return refused;
        const account = link === null ? null : await ownAccount(trx, caller, link, now);
        const known = centre.requests.topics.find(({ key }) => key === topic);
        if ((account !== null && 'outcome' in account) || !known) return { outcome: 'gone' } as const;

        const about = { kind: 'request', topic, account: account?.account ?? null };
        const owner = { messengerId: person.messengerId, residentId: person.residentId ?? null, called: firstName(caller) };
        const words = await lastWordsTo(trx, caller);
        const request = await insertRequest(trx, { ...about, ...owner, words, waits: true }, now);
        await carry(trx, request, person, messageParts, now);
        await countRequest(trx, person, now);
        const fresh = { ...request, ...owner, kind: 'request', state: 'new' as const, stateAt: now };
        await sayClosed(trx, edges, fresh, now);
        const answerBy = deskHours(edges).doneAt(now, normMs(edges))?.toISOString() ?? null;
        const others = (await listOpenRequestsOf(trx, person)).length - 1;
        const { number } = request;
        return { outcome: 'opened', number, topic: known.label, account: about.account, answerBy, others } as const;
      });
    },

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
      const request = await requestOfMessage(caller, ref);
      return request ? { outcome: 'found', number: request.number } : { outcome: 'unknown' };
    },

    /**
     * A message of the caller's own has other words by now, or another file: so it has for staff. Each correction is counted as a message is.
     * `unknown`: it stands in no request of the caller.
     */
    async edited(
      caller: Caller,
      ref: MessageRef,
      written: string,
      file?: Pick<MessagePart, 'kind' | 'file' | 'fileName' | 'fileKey' | 'context'>,
    ): Promise<Edited> {
      if (!(await requestOfMessage(caller, ref))) return { outcome: 'unknown' };
      return idempotent(edges, caller, 'requests.edited', async (trx): Promise<Edited> => {
        const now = clock();
        const person = await lockPerson(trx, caller, now);
        const message = await findRequestMessage(trx, ref);
        if (!message || message.source !== ref || message.side !== 'resident') return { outcome: 'unknown' } as const;
        const words = blankSecrets(written);
        const looking = file ?? { context: null };
        if (message.words === words && looksSame(message.context, looking) && (file === undefined || isSameFile(message, file)))
          return { outcome: 'edited' };
        const refused = await refusesMessages(trx, person, 1, now);
        if (refused) return { ...refused, first: await isFirstRefusal(trx, person, now) };
        const context = contextWith(message.context, looking);
        await updateMessageRevised(trx, message.id, {
          ...(file ? revisionOf(file) : keptFile(message)),
          words,
          context,
          editedAt: now,
        });
        await countMessages(trx, person, 1, now);
        await insertDelivery(trx, { to: { staff: message.requestId }, kind: 'edit', messageId: message.id }, now);
        return { outcome: 'edited' };
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

/** The part of a name in the messenger by which a person is addressed. */
function firstName({ name }: { name?: string }): string | undefined {
  return name === undefined ? undefined : calledName(name) || undefined;
}
