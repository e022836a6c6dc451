import { calledName } from '../../domain/called-name.ts';
import { guessTopic } from '../../domain/request-topic.ts';
import { insertRequest, listOpenRequestsOf, listRequestsOf } from '../../records/requests.ts';
import type { Caller } from '../caller.ts';
import { sayClosed } from '../staff/closed-hours.ts';
import { deskHours, type HoursEdges, normMs } from '../staff/hours.ts';
import type { MessagePart } from '../staff/message-part.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { ownAccount } from '../accounts/own-account.ts';
import { carry } from './carry.ts';
import { lastWordsTo } from './last-words.ts';
import { countRequest, type EnoughOpen, type EnoughToday, refusesMessages, refusesToOpen, type Silenced } from './refusals.ts';
import { lockPerson, type NoSuchRequest, personOf } from './requester.ts';

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

/** How a request is begun: what may be asked about, and the first words of one. */
export function createRequestOpening(edges: Pick<OfficeEdges, 'db' | 'clock' | 'centre'> & HoursEdges) {
  const { db, clock, centre } = edges;

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
  };
}

/** The part of a name in the messenger by which a person is addressed. */
function firstName({ name }: { name?: string }): string | undefined {
  return name === undefined ? undefined : calledName(name) || undefined;
}
