import type { ColumnType, Generated } from 'kysely';
import { DAY_MS, later } from '../domain/durations.ts';
import type { Db, Trx } from './database.ts';
import type { Resident } from './residents.ts';

/** A messenger account that is, or was, signed in. */
export type SessionsTable = {
  id: Generated<string>;
  residentId: string;
  messengerId: string;
  openedAt: ColumnType<Date, Date, never>;
  seenAt: Date;
  endedAt: Date | null;
};

export type Session = { id: string; messengerId: string; openedAt: Date; seenAt: Date };

/** A sign-in lasts this long, and this long when nothing is done with it */
const SESSION_MS = 180 * DAY_MS;
const SESSION_IDLE_MS = 60 * DAY_MS;

/** The resident who is signed in with this messenger account now. */
export async function findSignedIn(
  db: Db,
  messengerId: string,
  now: Date,
): Promise<{ session: string; seenAt: Date; resident: Resident } | undefined> {
  const row = await findOpenSessions(db, now)
    .innerJoin('residents', 'residents.id', 'sessions.residentId')
    .where('messengerId', '=', messengerId)
    .select(['sessions.id as session', 'seenAt', 'residents.id', 'login', 'phone', 'passwordHash'])
    .executeTakeFirst();
  if (!row) return undefined;
  const { session, seenAt, ...resident } = row;
  return { session, seenAt, resident };
}

/** Why the sign-in of a messenger account is over, where nobody ended it: it was not used for long, or it lasted long. */
export async function findRunOut(db: Db, messengerId: string, now: Date): Promise<'idle' | 'long' | undefined> {
  const row = await db
    .selectFrom('sessions')
    .where('messengerId', '=', messengerId)
    .where('endedAt', 'is', null)
    .select(['openedAt', 'seenAt'])
    .orderBy('openedAt', 'desc')
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.openedAt <= later(now, -SESSION_MS)) return 'long';
  return row.seenAt <= later(now, -SESSION_IDLE_MS) ? 'idle' : undefined;
}

/** The residents who are signed in with these messenger accounts, and whose phone is theirs. */
export async function listResidentsSignedIn(db: Db, messengerIds: readonly string[], now: Date): Promise<string[]> {
  const rows = await findOpenSessions(db, now)
    .innerJoin('residents', 'residents.id', 'sessions.residentId')
    .where((e) => e('messengerId', '=', e.fn.any(e.val([...messengerIds]))))
    .where('residents.phone', 'is not', null)
    .select('residents.id')
    .distinct()
    .execute();
  return rows.map(({ id }) => id);
}

/** From the newest. */
export async function listSessions(db: Db, residentId: string, now: Date): Promise<Session[]> {
  return findOpenSessions(db, now)
    .where('residentId', '=', residentId)
    .select(['id', 'messengerId', 'openedAt', 'seenAt'])
    .orderBy('openedAt', 'desc')
    .orderBy('id')
    .execute();
}

/** Ends whatever was open with this messenger account and opens a new one. */
export async function replaceSession(trx: Trx, residentId: string, messengerId: string, now: Date): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ endedAt: now })
    .where('messengerId', '=', messengerId)
    .where('endedAt', 'is', null)
    .execute();
  await trx.insertInto('sessions').values({ residentId, messengerId, openedAt: now, seenAt: now, endedAt: null }).execute();
}

export async function updateSessionSeen(db: Db, id: string, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ seenAt: now }).where('id', '=', id).where('endedAt', 'is', null).execute();
}

/** Ends a session of this resident; the messenger account that was signed in, or undefined when there was none. */
export async function markSessionEnded(trx: Trx, residentId: string, id: string, now: Date): Promise<string | undefined> {
  const ended = await trx
    .updateTable('sessions')
    .set({ endedAt: now })
    .where('id', '=', id)
    .where('residentId', '=', residentId)
    .where('endedAt', 'is', null)
    .returning('messengerId')
    .executeTakeFirst();
  return ended?.messengerId;
}

/** How many messenger accounts are signed in for residents who have this account. */
export async function countSessionsTo(db: Db, account: string, now: Date): Promise<number> {
  const { sessions } = await findOpenSessions(db, now)
    .where('residentId', 'in', (e) =>
      e.selectFrom('links').select('links.residentId').where('account', '=', account).where('links.endedAt', 'is', null),
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
    .select('s.messengerId')
    .distinct()
    .where('s.residentId', '=', residentId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('confirmedMessengers as c').select('c.messengerId').whereRef('c.messengerId', '=', 's.messengerId'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sessions as o')
            .select('o.id')
            .whereRef('o.messengerId', '=', 's.messengerId')
            .where('o.residentId', '!=', residentId)
            .where('o.endedAt', 'is', null),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.messengerId);
}

/** Those that are neither ended nor run out. */
export function findOpenSessions(db: Db, now: Date) {
  return db
    .selectFrom('sessions')
    .where('sessions.endedAt', 'is', null)
    .where('sessions.openedAt', '>', later(now, -SESSION_MS))
    .where('sessions.seenAt', '>', later(now, -SESSION_IDLE_MS));
}
