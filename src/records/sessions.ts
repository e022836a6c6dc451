import type { ColumnType, Generated } from 'kysely';
import { DAY_MS, later } from '../domain/durations.ts';
import type { Db, Trx } from './database.ts';
import type { Resident } from './residents.ts';

/** A Telegram account that is, or was, signed in. */
export type SessionsTable = {
  id: Generated<string>;
  resident_id: string;
  messenger_id: string;
  opened_at: ColumnType<Date, Date, never>;
  seen_at: Date;
  ended_at: Date | null;
};

export type Session = { id: string; messenger_id: string; opened_at: Date; seen_at: Date };

/** A sign-in lasts this long, and this long when nothing is done with it (section 2). */
const SESSION_MS = 180 * DAY_MS;
const SESSION_IDLE_MS = 60 * DAY_MS;

/** The resident who is signed in with this messenger account now. */
export async function findSignedIn(
  db: Db,
  messengerId: string,
  now: Date,
): Promise<{ session: string; seen_at: Date; resident: Resident } | undefined> {
  const row = await findOpenSessions(db, now)
    .innerJoin('residents', 'residents.id', 'sessions.resident_id')
    .where('messenger_id', '=', messengerId)
    .select(['sessions.id as session', 'seen_at', 'residents.id', 'login', 'phone', 'password_hash'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { session, seen_at, ...resident } = row;
  return { session, seen_at, resident };
}

/** Why the sign-in of a messenger account is over, where nobody ended it: it was not used for long, or it lasted long. */
export async function findRunOut(db: Db, messengerId: string, now: Date): Promise<'idle' | 'long' | undefined> {
  const row = await db
    .selectFrom('sessions')
    .where('messenger_id', '=', messengerId)
    .where('ended_at', 'is', null)
    .select(['opened_at', 'seen_at'])
    .orderBy('opened_at', 'desc')
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.opened_at <= later(now, -SESSION_MS)) return 'long';
  return row.seen_at <= later(now, -SESSION_IDLE_MS) ? 'idle' : undefined;
}

/** From the newest. */
export async function listSessions(db: Db, residentId: string, now: Date): Promise<Session[]> {
  return findOpenSessions(db, now)
    .where('resident_id', '=', residentId)
    .select(['id', 'messenger_id', 'opened_at', 'seen_at'])
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute();
}

/** Ends whatever was open with this messenger account and opens a new one. */
export async function insertSession(trx: Trx, residentId: string, messengerId: string, now: Date): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('messenger_id', '=', messengerId)
    .where('ended_at', 'is', null)
    .execute();
  await trx
    .insertInto('sessions')
    .values({ resident_id: residentId, messenger_id: messengerId, opened_at: now, seen_at: now, ended_at: null })
    .execute();
}

export async function updateSessionSeen(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: now }).where('id', '=', id).where('ended_at', 'is', null).execute();
}

/** Ends a session of this resident; the messenger account that was signed in, or undefined when there was none. */
export async function markSessionEnded(trx: Trx, residentId: string, id: string, now: Date): Promise<string | undefined> {
  const ended = await trx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('resident_id', '=', residentId)
    .where('ended_at', 'is', null)
    .returning('messenger_id')
    .executeTakeFirst();
  return ended?.messenger_id;
}

/** How many messenger accounts are signed in for residents who have this account. */
export async function countSessionsTo(db: Db, account: string, now: Date): Promise<number> {
  const { sessions } = await findOpenSessions(db, now)
    .where('resident_id', 'in', (e) =>
      e.selectFrom('links').select('links.resident_id').where('account', '=', account).where('links.ended_at', 'is', null),
    )
    .select((e) => e.fn.countAll<number>().as('sessions'))
    .executeTakeFirstOrThrow();
  return sessions;
}

/**
 * Messenger accounts that were signed in as this resident once and that no login knows any more: they were signed out
 * from elsewhere.
 */
export async function listFormerMessengers(db: Db, residentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sessions as s')
    .select('s.messenger_id')
    .distinct()
    .where('s.resident_id', '=', residentId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('confirmed_messengers as c').select('c.messenger_id').whereRef('c.messenger_id', '=', 's.messenger_id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sessions as o')
            .select('o.id')
            .whereRef('o.messenger_id', '=', 's.messenger_id')
            .where('o.resident_id', '!=', residentId)
            .where('o.ended_at', 'is', null),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.messenger_id);
}

/** Those that are neither ended nor run out. */
export function findOpenSessions(db: Db, now: Date) {
  return db
    .selectFrom('sessions')
    .where('sessions.ended_at', 'is', null)
    .where('sessions.opened_at', '>', later(now, -SESSION_MS))
    .where('sessions.seen_at', '>', later(now, -SESSION_IDLE_MS));
}
