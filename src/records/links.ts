import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import type { Resident } from './residents.ts';
import { findOpenSessions } from './sessions.ts';

/** An account that a resident has in the cabinet; an ended link stays as a trace. */
export type LinksTable = {
  id: Generated<string>;
  resident_id: string;
  account: string;
  /** The resident's own name for the account. */
  name: string | null;
  /** By what it was proved. */
  way: LinkWay;
  linked_at: ColumnType<Date, Date, never>;
  /** The newest period, its first day, that was there when the account was linked or that the resident was told of. */
  charges_told: string | null;
  /** The same of payments, by their `entry`. */
  payments_told: Generated<number>;
  ended_at: ColumnType<Date | null, never, Date>;
  ended_why: ColumnType<LinkEnd | null, never, LinkEnd>;
};

export type LinkWay = 'sum' | 'password';
export type LinkEnd = 'unlinked' | 'by-other-holder' | 'owner-changed' | 'by-staff';

export type Link = { id: string; resident_id: string; account: string; name: string | null; way: LinkWay; linked_at: Date };
export type LinkedAccount = Link & { address: string; closed: boolean };

const COLUMNS = ['links.id', 'resident_id', 'account', 'name', 'way', 'linked_at'] as const;

/** A resident's accounts, in the order in which they were linked. */
export async function listLinkedAccounts(db: Db, residentId: string): Promise<LinkedAccount[]> {
  return liveLinks(db)
    .innerJoin('accounts', 'accounts.number', 'links.account')
    .where('resident_id', '=', residentId)
    .select([...COLUMNS, 'address', 'closed'])
    .orderBy('linked_at')
    .orderBy('account')
    .execute();
}

/** Who is signed in with this messenger account now, and his accounts in the order in which they were linked. */
export async function findCabinet(
  db: Db,
  messengerId: string,
  now: Date,
): Promise<{ session: string; seen_at: Date; resident: Resident; accounts: LinkedAccount[] } | undefined> {
  const rows = await findOpenSessions(db, now)
    .innerJoin('residents', 'residents.id', 'sessions.resident_id')
    .leftJoin('links', (join) => join.onRef('links.resident_id', '=', 'residents.id').on('links.ended_at', 'is', null))
    .leftJoin('accounts', 'accounts.number', 'links.account')
    .where('messenger_id', '=', messengerId)
    .select(['sessions.id as session', 'seen_at', 'residents.id as resident_id', 'login', 'phone', 'password_hash'])
    .select(['links.id', 'account', 'name', 'way', 'linked_at', 'address', 'closed'])
    .orderBy('linked_at')
    .orderBy('account')
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  const { session, seen_at, resident_id, login, phone, password_hash } = first;
  const accounts = rows.flatMap(({ id, account, name, way, linked_at, address, closed }) =>
    id && account && way && linked_at && address !== null && closed !== null
      ? { id, resident_id, account, name, way, linked_at, address, closed }
      : [],
  );
  return { session, seen_at, resident: { id: resident_id, login, phone, password_hash }, accounts };
}

export async function findLink(db: Db, id: string): Promise<Link | undefined> {
  return liveLinks(db).where('id', '=', id).select(COLUMNS).executeTakeFirst();
}

export async function findLinkTo(db: Db, residentId: string, account: string): Promise<Link | undefined> {
  return liveLinks(db).where('resident_id', '=', residentId).where('account', '=', account).select(COLUMNS).executeTakeFirst();
}

/** Everybody else's links to an account, from the oldest. */
export async function listOtherLinks(db: Db, residentId: string, account: string): Promise<Link[]> {
  return liveLinks(db)
    .where('account', '=', account)
    .where('resident_id', '!=', residentId)
    .select(COLUMNS)
    .orderBy('linked_at')
    .orderBy('id')
    .execute();
}

/** The new link's id; undefined when the resident has the account already. What billing has of the account by now is no news to him. */
export async function insertLink(
  trx: Trx,
  link: { resident_id: string; account: string; way: LinkWay; linked_at: Date },
): Promise<string | undefined> {
  const added = await trx
    .insertInto('links')
    .values((e) => ({
      ...link,
      charges_told: e
        .selectFrom('charges')
        .where('account', '=', link.account)
        .select((m) => m.fn.max('period').as('period')),
      payments_told: e
        .selectFrom('payments')
        .where('account', '=', link.account)
        .select(sql<number>`coalesce(max(entry), 0)`.as('entry')),
    }))
    .onConflict((conflict) => conflict.columns(['resident_id', 'account']).where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** False when this resident has no such link. */
export async function updateLinkName(trx: Trx, residentId: string, id: string, name: string | null): Promise<boolean> {
  const [done] = await trx
    .updateTable('links')
    .set({ name })
    .where('id', '=', id)
    .where('resident_id', '=', residentId)
    .where('ended_at', 'is', null)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** False when it had ended before. */
export async function markLinkEnded(trx: Trx, id: string, why: LinkEnd, now: Date): Promise<boolean> {
  const [done] = await trx
    .updateTable('links')
    .set({ ended_at: now, ended_why: why })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** Ends all links to these accounts; what was ended. */
export async function markLinksEnded(trx: Trx, accounts: readonly string[], why: LinkEnd, now: Date): Promise<Link[]> {
  return trx
    .updateTable('links')
    .set({ ended_at: now, ended_why: why })
    .where('account', 'in', accounts)
    .where('ended_at', 'is', null)
    .returning(COLUMNS)
    .execute();
}

/** How many residents have the account in their cabinets. */
export async function countHolders(db: Db, account: string): Promise<number> {
  const { holders } = await liveLinks(db)
    .where('account', '=', account)
    .select((e) => e.fn.countAll<number>().as('holders'))
    .executeTakeFirstOrThrow();
  return holders;
}

function liveLinks(db: Db) {
  return db.selectFrom('links').where('ended_at', 'is', null);
}
