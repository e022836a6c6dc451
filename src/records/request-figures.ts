import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { hasWords } from './has-words.ts';
import type { Request } from './requests.ts';

/**
 * Open requests whose writer waits since `since` or longer and of whose wait staff were not told, the longest wait first; nobody else
 * changes them until the transaction ends, and those that somebody changes now are left for the next time.
 */
export async function tryLockLateRequests(trx: Trx, since: Date, limit: number): Promise<Request[]> {
  return trx
    .selectFrom('requests')
    .selectAll()
    .where('state', '!=', 'closed')
    .where('waitingSince', '<=', since)
    .where((e) => e.or([e('raisedAt', 'is', null), e('raisedAt', '<', e.ref('waitingSince'))]))
    .orderBy('waitingSince')
    .orderBy('number')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

/**
 * Residents' requests that were answered at `since` or before and on which nobody has said more, the oldest first; nobody else changes them
 * until the transaction ends. One whose answer waits for its reader, to sign in or to let us write again, is none of them; where it waits since
 * `waitsSince` or longer, it is.
 */
export async function tryLockQuietRequests(
  trx: Trx,
  { since, waitsSince }: { since: Date; waitsSince: Date },
  limit: number,
): Promise<Request[]> {
  return trx
    .selectFrom('requests')
    .selectAll()
    .where('kind', '=', 'request')
    .where('state', '=', 'answered')
    .where('stateAt', '<=', since)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('requestMessages as m')
            .whereRef('m.requestId', '=', 'requests.id')
            .where('m.waitsSince', '>', waitsSince)
            .where('m.withdrawnAt', 'is', null)
            .select('m.id'),
        ),
      ),
    )
    .orderBy('stateAt')
    .orderBy('number')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

/** A request that waits for staff, or an escalation that nobody has ended, as a list has it. */
export type WaitingRequest = Pick<
  Request,
  'number' | 'kind' | 'topic' | 'account' | 'called' | 'state' | 'takenByName' | 'thread' | 'card' | 'waitingSince'
> & { since: Date };

const waits = sql<boolean>`state in ('new', 'taken')`;
/** Of whom nobody waits for: since it was opened, or opened again. */
const STANDS_SINCE = sql<Date>`coalesce(waiting_since, case when reopened > 0 then state_at else opened_at end)`;

/** Of all, or of those that this member of staff leads: what has stood longest comes first, by whose wait or without one. */
export async function listWaitingRequests(
  db: Db,
  { takenBy, limit, offset }: { takenBy: string | undefined; limit: number; offset: number },
): Promise<WaitingRequest[]> {
  return db
    .selectFrom('requests')
    .select(['number', 'kind', 'topic', 'account', 'called', 'state', 'takenByName', 'thread', 'card', 'waitingSince'])
    .select(STANDS_SINCE.as('since'))
    .where(waits)
    .$if(takenBy !== undefined, (q) => q.where('takenBy', '=', takenBy ?? ''))
    .orderBy(STANDS_SINCE)
    .orderBy('number')
    .limit(limit)
    .offset(offset)
    .execute();
}

/** How many wait, and how many were answered and are not closed. */
export async function countWaitingRequests(db: Db, takenBy?: string): Promise<{ waiting: number; answered: number }> {
  return db
    .selectFrom('requests')
    .where('state', '!=', 'closed')
    .$if(takenBy !== undefined, (q) => q.where('takenBy', '=', takenBy ?? ''))
    .select((e) => [
      e.fn.countAll<number>().filterWhere(waits).as('waiting'),
      e.fn.countAll<number>().filterWhere('state', '=', 'answered').as('answered'),
    ])
    .executeTakeFirstOrThrow();
}

/** How things stand with residents' requests, and how many of the bot's own escalations nobody has closed. */
export type DeskState = { new: number; taken: number; answered: number; waiting: number; late: number; troubles: number };

/** `late`: who waits since `lateSince` or longer. */
export async function countDeskState(db: Db, lateSince: Date): Promise<DeskState> {
  const ours = sql`kind = 'request'`;
  const count = (filter: typeof ours) => sql<number>`(count(*) filter (where ${filter}))::integer`;
  return db
    .selectFrom('requests')
    .where('state', '!=', 'closed')
    .select([
      count(sql`${ours} and state = 'new'`).as('new'),
      count(sql`${ours} and state = 'taken'`).as('taken'),
      count(sql`${ours} and state = 'answered'`).as('answered'),
      count(sql`${ours} and waiting_since is not null`).as('waiting'),
      count(sql`${ours} and waiting_since <= ${lateSince}`).as('late'),
      count(sql`not ${ours}`).as('troubles'),
    ])
    .executeTakeFirstOrThrow();
}

/** The numbers of residents' requests that wait since `since` or longer, the longest wait first. */
export async function listLateNumbers(db: Db, since: Date, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('requests')
    .select('number')
    .where('kind', '=', 'request')
    .where('state', '!=', 'closed')
    .where('waitingSince', '<=', since)
    .orderBy('waitingSince')
    .orderBy('number')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

/** What staff began by `/write` was asked by nobody: it is in no figure of how residents were answered. */
const ASKED = sql<boolean>`requests.words ->> 'begunWith' is null`;

/** What was done within a time; `rating` is the mean of `rated` ratings, 0 where there is none. */
export type DeskWork = { opened: number; answered: number; closed: number; rated: number; rating: number };

/** Residents' requests only; `answered` counts requests in which staff wrote to the resident and did not take it back. From `from`, before `to`. */
export async function countDeskWork(db: Db, from: Date, to: Date): Promise<DeskWork> {
  const within = (column: 'openedAt' | 'closedAt' | 'ratedAt') =>
    sql<boolean>`${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to}`;
  return db
    .selectFrom('requests')
    .where('kind', '=', 'request')
    .select([
      sql<number>`(count(*) filter (where ${within('openedAt')} and ${ASKED}))::integer`.as('opened'),
      sql<number>`(count(*) filter (where ${within('closedAt')} and ${ASKED}))::integer`.as('closed'),
      sql<number>`(count(*) filter (where ${within('ratedAt')}))::integer`.as('rated'),
      sql<number>`coalesce(avg(rating) filter (where ${within('ratedAt')}), 0)::double precision`.as('rating'),
    ])
    .select((e) =>
      e
        .selectFrom('requestMessages as m')
        .innerJoin('requests as r', 'r.id', 'm.requestId')
        .where('r.kind', '=', 'request')
        .where('m.side', '=', 'staff')
        .where('m.withdrawnAt', 'is', null)
        .where(sql<boolean>`r.words ->> 'begunWith' is null`)
        .where('m.at', '>=', from)
        .where('m.at', '<', to)
        .select(sql<number>`count(distinct m.request_id)::integer`.as('answered'))
        .as('answered'),
    )
    .$narrowType<{ answered: number }>()
    .executeTakeFirstOrThrow();
}

/** A resident's request as it is counted and listed. */
export type RequestFigures = Pick<
  Request,
  | 'number'
  | 'topic'
  | 'state'
  | 'account'
  | 'openedAt'
  | 'firstAnsweredAt'
  | 'closedAt'
  | 'waitingSince'
  | 'reopened'
  | 'takenByName'
  | 'rating'
  | 'ratingWords'
  | 'ratedAt'
> & { fromResident: number; fromStaff: number };

/** What residents asked from `from` on and before `to`, the newest first. */
export async function listRequestFigures(db: Db, from: Date, to: Date): Promise<RequestFigures[]> {
  const messages = (side: 'resident' | 'staff') =>
    sql<number>`(select count(*)::integer from request_messages m where m.request_id = requests.id and m.side = ${side})`;
  return db
    .selectFrom('requests')
    .where('kind', '=', 'request')
    .where(ASKED)
    .where('openedAt', '>=', from)
    .where('openedAt', '<', to)
    .select([
      'number',
      'topic',
      'state',
      'account',
      'openedAt',
      'firstAnsweredAt',
      'closedAt',
      'waitingSince',
      'reopened',
      'takenByName',
      'rating',
      'ratingWords',
      'ratedAt',
    ])
    .select([messages('resident').as('fromResident'), messages('staff').as('fromStaff')])
    .orderBy('openedAt', 'desc')
    .orderBy('number', 'desc')
    .execute();
}

/** A request that was found, with the beginning of what its resident wrote in it that fits. */
export type FoundRequest = Pick<
  Request,
  'number' | 'kind' | 'topic' | 'state' | 'openedAt' | 'takenByName' | 'thread' | 'card' | 'called' | 'account'
> & { words: string };

const FOUND = ['number', 'kind', 'topic', 'state', 'openedAt', 'takenByName', 'thread', 'card', 'called', 'account'] as const;

/** Those in which one message has all of these words, or whose writer is called so; the newest first. */
export async function listRequestsWithWords(db: Db, words: readonly string[], limit: number): Promise<FoundRequest[]> {
  const found = sql`
    from request_messages m
    where m.request_id = requests.id and m.side in ('resident', 'staff') and m.withdrawn_at is null and ${hasWords('m.words', words)}`;
  return db
    .selectFrom('requests')
    .select(FOUND)
    .select(sql<string>`coalesce((select left(m.words, 200) ${found} order by m.id limit 1), '')`.as('words'))
    .where((e) => e.or([sql<boolean>`exists (select ${found})`, hasWords('called', words)]))
    .orderBy('openedAt', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
}

/** One of them by its number, with the beginning of its first words. */
export async function findFoundRequest(db: Db, number: number): Promise<FoundRequest | undefined> {
  return db
    .selectFrom('requests')
    .select(FOUND)
    .select(
      sql<string>`coalesce((select left(m.words, 200) from request_messages m where m.request_id = requests.id
        and m.side = 'resident' and m.withdrawn_at is null order by m.id limit 1), '')`.as('words'),
    )
    .where('number', '=', number)
    .executeTakeFirst();
}
