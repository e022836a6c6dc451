import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lock } from './locks.ts';

/** That a person looked an account number up, right or wrong, without having the account in a cabinet of his own. */
export type GuestLookupsTable = {
  id: Generated<string>;
  messengerId: string;
  /** As it was typed; there need not be such an account. */
  account: string;
  /** Since when it counts to the limits of a day. */
  countedAt: ColumnType<Date, Date, Date>;
  /** When it was looked up last: from then on the person may act for the account for a while. */
  seenAt: ColumnType<Date, Date, Date>;
};

/** One look-up at a time over all processes: otherwise those made at once would each see room under the limits. */
export async function lockGuestLookups(trx: Trx): Promise<void> {
  await lock(trx, 'guestLookups');
}

/** Looks at a number again that was counted after `since`; the look-up's id, undefined when it was not. */
export async function updateGuestLookupSeen(
  trx: Trx,
  lookup: { messengerId: string; account: string },
  since: Date,
  now: Date,
): Promise<string | undefined> {
  const seen = await trx
    .updateTable('guestLookups')
    .set({ seenAt: now })
    .where('messengerId', '=', lookup.messengerId)
    .where('account', '=', lookup.account)
    .where('countedAt', '>', since)
    .returning('id')
    .executeTakeFirst();
  return seen?.id;
}

/** How many different numbers were counted after `since`, by one person or (undefined) over all, and when the `nth` newest of them was. */
export async function countGuestLookups(
  trx: Trx,
  messengerId: string | undefined,
  since: Date,
  nth: number,
): Promise<{ count: number; nthAt: Date | undefined }> {
  const counted = trx
    .selectFrom('guestLookups')
    .where('countedAt', '>', since)
    .$if(messengerId !== undefined, (query) => query.where('messengerId', '=', messengerId ?? ''));
  const { count } = await counted.select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  if (count < nth) return { count, nthAt: undefined };
  const row = await counted
    .select('countedAt')
    .orderBy('countedAt', 'desc')
    .offset(nth - 1)
    .limit(1)
    .executeTakeFirst();
  return { count, nthAt: row?.countedAt };
}

/** Counts a number for a person, anew when it was counted before; the look-up's id. */
export async function saveGuestLookup(trx: Trx, lookup: { messengerId: string; account: string }, now: Date): Promise<string> {
  const { id } = await trx
    .insertInto('guestLookups')
    .values({ ...lookup, countedAt: now, seenAt: now })
    .onConflict((c) => c.columns(['messengerId', 'account']).doUpdateSet({ countedAt: now, seenAt: now }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The account of a look-up that this person made after `since`; undefined also where there is no such account. */
export async function findGuestLookup(
  db: Db,
  id: string,
  messengerId: string,
  since: Date,
): Promise<{ account: string; address: string; closed: boolean } | undefined> {
  return db
    .selectFrom('guestLookups')
    .innerJoin('accounts', 'accounts.number', 'guestLookups.account')
    .where('guestLookups.id', '=', id)
    .where('messengerId', '=', messengerId)
    .where('seenAt', '>', since)
    .select(['account', 'address', 'closed'])
    .executeTakeFirst();
}

/** Forgets which numbers these people looked up; when each was, by whom. */
export async function deleteGuestLookupsOf(
  trx: Trx,
  messengerIds: readonly string[],
): Promise<{ messengerId: string; countedAt: Date }[]> {
  return trx
    .deleteFrom('guestLookups')
    .where('messengerId', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .returning(['messengerId', 'countedAt'])
    .execute();
}

/** Forgets what was looked up before `before` and not since. */
export async function deleteOldGuestLookups(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('guestLookups').where('seenAt', '<', before).execute();
}
