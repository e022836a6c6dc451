import { type ColumnType, type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A resident's request (обращение), or a trouble that staff look after (`kind` is then the escalation's). */
export type RequestsTable = {
  id: Generated<string>;
  /** What people call it by: № 12. */
  number: GeneratedAlways<number>;
  kind: string;
  /** A topic's key in the centre's settings file; null for an escalation. */
  topic: string | null;
  /** In whose chat it is answered; null where there is nobody. */
  messengerId: string | null;
  residentId: string | null;
  /** As the person is called in the messenger. */
  called: string | null;
  account: string | null;
  /** What an escalation's card says. */
  words: ColumnType<Readonly<Record<string, string | number>>, string | undefined, string>;
  state: RequestState;
  openedAt: ColumnType<Date, Date, never>;
  stateAt: Date;
  /** The oldest word of the resident that nobody has answered. */
  waitingSince: Date | null;
  /** When staff were told that it waits for longer than the norm. */
  raisedAt: Date | null;
  firstAnsweredAt: Date | null;
  closedAt: Date | null;
  /** As nobody said more; a closing by hand is none. */
  closedByItself: Generated<boolean>;
  reopened: Generated<number>;
  takenBy: string | null;
  takenByName: string | null;
  rating: number | null;
  ratingWords: string | null;
  ratedAt: Date | null;
  /** Where staff talk about it: a topic of the group (`telegram:-1001/33`), or the card that is replied to. */
  thread: string | null;
  card: string | null;
  /** What the thread is called and whether it is closed, as it was last brought about. */
  threadShows: string | null;
};

/** новое, в работе, отвечено, закрыто */
export type RequestState = 'new' | 'taken' | 'answered' | 'closed';

export type Request = Selectable<RequestsTable>;

/** The new request's id and number. */
export async function insertRequest(
  trx: Trx,
  request: Pick<Request, 'kind' | 'topic' | 'messengerId' | 'residentId' | 'account'> & {
    called?: string | undefined;
    words?: Readonly<Record<string, string | number>>;
    waits: boolean;
  },
  now: Date,
): Promise<{ id: string; number: number }> {
  const { words = {}, waits, called, ...row } = request;
  return trx
    .insertInto('requests')
    .values({
      ...row,
      called: called ?? null,
      words: JSON.stringify(words),
      state: 'new',
      openedAt: now,
      stateAt: now,
      waitingSince: waits ? now : null,
      raisedAt: null,
      firstAnsweredAt: null,
      closedAt: null,
      takenBy: null,
      takenByName: null,
      rating: null,
      ratingWords: null,
      ratedAt: null,
      thread: null,
      card: null,
      threadShows: null,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
}

export async function findRequest(db: Db, id: string): Promise<Request | undefined> {
  return db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Whether there is any, open or closed. */
export async function hasRequests(db: Db): Promise<boolean> {
  return (await db.selectFrom('requests').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** By what people call it. */
export async function findRequestByNumber(db: Db, number: number): Promise<Request | undefined> {
  return db.selectFrom('requests').selectAll().where('number', '=', number).executeTakeFirst();
}

/** The request, which nobody else changes until the transaction ends. */
export async function lockRequest(trx: Trx, id: string): Promise<Request | undefined> {
  return trx.selectFrom('requests').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** By where staff talk about it: its topic, or its card in a plain group. */
export async function findRequestByThread(db: Db, thread: string): Promise<Request | undefined> {
  return db
    .selectFrom('requests')
    .selectAll()
    .where((e) => e.or([e('thread', '=', thread), e('card', '=', thread)]))
    .executeTakeFirst();
}

/** The newest of these kinds that is about a payment, by the payment's own number; open or closed. */
export async function findRequestOfPayment(
  db: Db,
  kinds: readonly string[],
  operation: string,
): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('requests')
    .select('id')
    .where('kind', 'in', [...kinds])
    .where(sql<boolean>`words ->> 'operation' = ${operation}`)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** A resident, or (without `residentId`) a guest. */
export type Requester = { messengerId: string; residentId: string | undefined };

/** A person's requests, the newest first: those of the resident, and those that this very messenger account wrote as a guest. */
export async function listRequestsOf(db: Db, person: Requester, limit: number): Promise<Request[]> {
  return requestsOf(db, person)
    .where('kind', '=', 'request')
    .orderBy('openedAt', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** Those that are not closed, from the oldest. */
export async function listOpenRequestsOf(db: Db, person: Requester): Promise<Request[]> {
  return requestsOf(db, person).where('kind', '=', 'request').where('state', '!=', 'closed').orderBy('number').execute();
}

/** Those that are not closed of any of these residents, and those that any of these messenger accounts wrote as a guest; from the oldest. */
export async function listOpenRequestsOfAll(
  db: Db,
  { residentIds, messengerIds }: { residentIds: readonly string[]; messengerIds: readonly string[] },
): Promise<Request[]> {
  return db
    .selectFrom('requests')
    .selectAll()
    .where('kind', '=', 'request')
    .where('state', '!=', 'closed')
    .where((e) =>
      e.or([
        e('residentId', '=', e.fn.any(e.val([...residentIds]))),
        e.and([e('residentId', 'is', null), e('messengerId', '=', e.fn.any(e.val([...messengerIds])))]),
      ]),
    )
    .orderBy('number')
    .execute();
}

/** The ids of all of a person, requests and escalations alike: of the resident, and those that are answered in these messenger accounts. */
export async function listAllRequestsOf(
  db: Db,
  { residentId, messengerIds }: { residentId: string | null; messengerIds: readonly string[] },
): Promise<string[]> {
  const theirs = await db
    .selectFrom('requests')
    .select('id')
    .where((e) =>
      e.or([e('messengerId', 'in', messengerIds), ...(residentId === null ? [] : [e('residentId', '=', residentId)])]),
    )
    .execute();
  return theirs.map(({ id }) => id);
}

/** Closes those of these requests of which staff have seen nothing and nothing waits to be shown. */
export async function markUnseenClosed(trx: Trx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('requests')
    .set({ state: 'closed', stateAt: now, closedAt: now, waitingSince: null, raisedAt: null })
    .where('id', 'in', ids)
    .where('kind', '=', 'request')
    .where('state', '=', 'new')
    .where('thread', 'is', null)
    .where('card', 'is', null)
    .execute();
}

/** A resident's own about an account that are not closed, from the oldest. */
export async function listOpenRequestsAbout(
  db: Db,
  { residentId, account }: { residentId: string; account: string },
): Promise<Pick<Request, 'id' | 'messengerId'>[]> {
  return db
    .selectFrom('requests')
    .select(['id', 'messengerId'])
    .where('residentId', '=', residentId)
    .where('account', '=', account)
    .where('kind', '=', 'request')
    .where('state', '!=', 'closed')
    .orderBy('number')
    .execute();
}

/** Those that were closed after `since`, the newest first. */
export async function listClosedRequestsOf(db: Db, person: Requester, since: Date): Promise<Request[]> {
  return requestsOf(db, person)
    .where('kind', '=', 'request')
    .where('closedAt', '>=', since)
    .orderBy('closedAt', 'desc')
    .orderBy('number', 'desc')
    .execute();
}

/** One of a person's own, by its number; of troubles only those in which staff have written to this person. */
export async function findRequestOf(db: Db, person: Requester, number: number): Promise<Request | undefined> {
  return requestsOf(db, person)
    .where('number', '=', number)
    .where((e) =>
      e.or([
        e('kind', '=', 'request'),
        e.exists(
          e
            .selectFrom('requestMessages as m')
            .whereRef('m.requestId', '=', 'requests.id')
            .where('m.side', '=', 'staff')
            .select('m.id'),
        ),
      ]),
    )
    .executeTakeFirst();
}

/** The person's own request of which a further part of an answer, or one that was said anew since, stands in the messenger. */
export async function findRequestOfPart(db: Db, person: Requester, ref: string): Promise<Request | undefined> {
  return requestsOf(db, person)
    .where((e) =>
      e.exists(
        e
          .selectFrom('requestMessages as m')
          .whereRef('m.requestId', '=', 'requests.id')
          .where(sql<boolean>`${ref} = any(m.more_copies || m.former_copies)`)
          .select('m.id'),
      ),
    )
    .executeTakeFirst();
}

function requestsOf(db: Db, { messengerId, residentId }: Requester) {
  return db
    .selectFrom('requests')
    .selectAll()
    .where((e) =>
      e.or([
        e.and([e('messengerId', '=', messengerId), e('residentId', 'is', null)]),
        ...(residentId === undefined ? [] : [e('residentId', '=', residentId)]),
      ]),
    );
}

export type RequestChange = Partial<
  Pick<
    Request,
    | 'state'
    | 'messengerId'
    | 'waitingSince'
    | 'raisedAt'
    | 'firstAnsweredAt'
    | 'closedAt'
    | 'closedByItself'
    | 'reopened'
    | 'takenBy'
    | 'takenByName'
    | 'rating'
    | 'ratingWords'
    | 'ratedAt'
    | 'thread'
    | 'card'
    | 'threadShows'
    | 'account'
  >
>;

/** Changes a request; a new state is noted with its time, and one that is open again was not closed by itself. */
export async function updateRequest(trx: Trx, id: string, change: RequestChange, now: Date): Promise<void> {
  await trx
    .updateTable('requests')
    .set({
      ...change,
      ...(change.state !== undefined && { stateAt: now }),
      ...(change.closedAt === null && { closedByItself: false }),
    })
    .where('id', '=', id)
    .execute();
}

/**
 * A resident is no longer answered in messenger accounts that may be somebody else's, but in `to`: what was asked from `from`, or from any
 * other one.
 */
export async function updateAnswerPlace(
  trx: Trx,
  residentId: string,
  { from, to }: { from?: string; to: string },
): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ messengerId: to })
    .where('residentId', '=', residentId)
    .where('messengerId', from === undefined ? '!=' : '=', from ?? to)
    .execute();
}

/** The ids of all that are not closed, from the oldest. */
export async function listOpenRequests(db: Db): Promise<string[]> {
  const open = await db.selectFrom('requests').select('id').where('state', '!=', 'closed').orderBy('number').execute();
  return open.map(({ id }) => id);
}

/** Its thread was closed, or opened again, by somebody else than us. */
export async function updateThreadShut(trx: Trx, { id, threadShows }: Request, closed: boolean, now: Date): Promise<void> {
  const shows = threadShows === null ? {} : (JSON.parse(threadShows) as object);
  await updateRequest(trx, id, { threadShows: JSON.stringify({ ...shows, closed }) }, now);
}

/** What its card says from now on, and about which account. */
export async function updateRequestWords(
  trx: Trx,
  id: string,
  { words, account }: { words: Readonly<Record<string, string | number>>; account: string | null },
): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ words: JSON.stringify(words), account })
    .where('id', '=', id)
    .execute();
}
