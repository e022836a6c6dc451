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
  messenger_id: string | null;
  resident_id: string | null;
  /** As the person is called in the messenger. */
  called: string | null;
  account: string | null;
  /** What an escalation's card says. */
  words: ColumnType<Readonly<Record<string, string | number>>, string | undefined, string>;
  state: RequestState;
  opened_at: ColumnType<Date, Date, never>;
  state_at: Date;
  /** The oldest word of the resident that nobody has answered. */
  waiting_since: Date | null;
  /** When staff were told that it waits for longer than the norm. */
  raised_at: Date | null;
  first_answered_at: Date | null;
  closed_at: Date | null;
  reopened: Generated<number>;
  taken_by: string | null;
  taken_by_name: string | null;
  rating: number | null;
  rating_words: string | null;
  rated_at: Date | null;
  /** Where staff talk about it: a topic of the group (`telegram:-1001/33`), or the card that is replied to. */
  thread: string | null;
  card: string | null;
  /** What the thread is called and whether it is closed, as it was last brought about. */
  thread_shows: string | null;
};

/** новое, в работе, отвечено, закрыто */
export type RequestState = 'new' | 'taken' | 'answered' | 'closed';

export type Request = Selectable<RequestsTable>;

/** The new request's id and number. */
export async function insertRequest(
  trx: Trx,
  request: Pick<Request, 'kind' | 'topic' | 'messenger_id' | 'resident_id' | 'account'> & {
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
      opened_at: now,
      state_at: now,
      waiting_since: waits ? now : null,
      raised_at: null,
      first_answered_at: null,
      closed_at: null,
      taken_by: null,
      taken_by_name: null,
      rating: null,
      rating_words: null,
      rated_at: null,
      thread: null,
      card: null,
      thread_shows: null,
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

/** A resident, or (without `residentId`) a guest. */
export type Requester = { messengerId: string; residentId: string | undefined };

/** A person's requests, the newest first: those of the resident, and those that this very messenger account wrote as a guest. */
export async function listRequestsOf(db: Db, person: Requester, limit: number): Promise<Request[]> {
  return requestsOf(db, person)
    .where('kind', '=', 'request')
    .orderBy('opened_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** Those that are not closed, from the oldest. */
export async function listOpenRequestsOf(db: Db, person: Requester): Promise<Request[]> {
  return requestsOf(db, person).where('kind', '=', 'request').where('state', '!=', 'closed').orderBy('number').execute();
}

/** The ids of all of a person, requests and troubles alike: of the resident, and those that are answered in these messenger accounts. */
export async function listAllRequestsOf(
  db: Db,
  { residentId, messengerIds }: { residentId: string | null; messengerIds: readonly string[] },
): Promise<string[]> {
  const theirs = await db
    .selectFrom('requests')
    .select('id')
    .where((e) =>
      e.or([e('messenger_id', 'in', messengerIds), ...(residentId === null ? [] : [e('resident_id', '=', residentId)])]),
    )
    .execute();
  return theirs.map(({ id }) => id);
}

/** Closes those of these requests of which staff have seen nothing and nothing waits to be shown. */
export async function markUnseenClosed(trx: Trx, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable('requests')
    .set({ state: 'closed', state_at: now, closed_at: now, waiting_since: null, raised_at: null })
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
): Promise<Pick<Request, 'id' | 'messenger_id'>[]> {
  return db
    .selectFrom('requests')
    .select(['id', 'messenger_id'])
    .where('resident_id', '=', residentId)
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
    .where('closed_at', '>=', since)
    .orderBy('closed_at', 'desc')
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
            .selectFrom('request_messages as m')
            .whereRef('m.request_id', '=', 'requests.id')
            .where('m.side', '=', 'staff')
            .select('m.id'),
        ),
      ]),
    )
    .executeTakeFirst();
}

/** The person's own request in which one of an answer's further parts stands in the messenger. */
export async function findRequestOfPart(db: Db, person: Requester, ref: string): Promise<Request | undefined> {
  return requestsOf(db, person)
    .where((e) =>
      e.exists(
        e
          .selectFrom('request_messages as m')
          .whereRef('m.request_id', '=', 'requests.id')
          .where(sql<boolean>`${ref} = any(m.more_copies)`)
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
        e.and([e('messenger_id', '=', messengerId), e('resident_id', 'is', null)]),
        ...(residentId === undefined ? [] : [e('resident_id', '=', residentId)]),
      ]),
    );
}

export type RequestChange = Partial<
  Pick<
    Request,
    | 'state'
    | 'messenger_id'
    | 'waiting_since'
    | 'raised_at'
    | 'first_answered_at'
    | 'closed_at'
    | 'reopened'
    | 'taken_by'
    | 'taken_by_name'
    | 'rating'
    | 'rating_words'
    | 'rated_at'
    | 'thread'
    | 'card'
    | 'thread_shows'
    | 'account'
  >
>;

/** Changes a request; a new state is noted with its time. */
export async function updateRequest(trx: Trx, id: string, change: RequestChange, now: Date): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ ...change, ...(change.state !== undefined && { state_at: now }) })
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
    .set({ messenger_id: to })
    .where('resident_id', '=', residentId)
    .where('messenger_id', from === undefined ? '!=' : '=', from ?? to)
    .execute();
}

/** The ids of all that are not closed, from the oldest. */
export async function listOpenRequests(db: Db): Promise<string[]> {
  const open = await db.selectFrom('requests').select('id').where('state', '!=', 'closed').orderBy('number').execute();
  return open.map(({ id }) => id);
}

/** Its thread was closed, or opened again, by somebody else than us. */
export async function updateThreadShut(trx: Trx, { id, thread_shows }: Request, closed: boolean, now: Date): Promise<void> {
  const shows = thread_shows === null ? {} : (JSON.parse(thread_shows) as object);
  await updateRequest(trx, id, { thread_shows: JSON.stringify({ ...shows, closed }) }, now);
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

/** Open requests by state, and how many of them wait for an answer since before `before`. */
export async function countOpenRequests(db: Db, before: Date): Promise<{ state: RequestState; count: number; late: number }[]> {
  return db
    .selectFrom('requests')
    .where('state', '!=', 'closed')
    .groupBy('state')
    .select(['state', sql<number>`count(*)::integer`.as('count')])
    .select(sql<number>`count(*) filter (where waiting_since < ${before})::integer`.as('late'))
    .execute();
}

/** Requests about an account, and troubles with it, newest first. */
export async function listRequestsOfAccount(db: Db, account: string, limit: number): Promise<Request[]> {
  return db
    .selectFrom('requests')
    .selectAll()
    .where('account', '=', account)
    .orderBy('opened_at', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** How many there are, and how many of them are not closed. */
export async function countRequestsOfAccount(db: Db, account: string): Promise<{ all: number; open: number }> {
  return db
    .selectFrom('requests')
    .where('account', '=', account)
    .select((e) => [e.fn.countAll<number>().as('all'), e.fn.countAll<number>().filterWhere('state', '!=', 'closed').as('open')])
    .executeTakeFirstOrThrow();
}
