import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lastEntrySql } from './former-payments.ts';
import { lastLetterSql } from './last-told.ts';
import { unreadScaleSql } from './metered-links.ts';
import type { Resident } from './residents.ts';
import { findOpenSessions } from './sessions.ts';

/** An account that a resident has in the cabinet; an ended link stays as a trace. */
export type LinksTable = {
  id: Generated<string>;
  residentId: string;
  account: string;
  /** The resident's own name for the account. */
  name: string | null;
  /** By what it was proved. */
  way: LinkWay;
  linkedAt: ColumnType<Date, Date, never>;
  /** The newest period, its first day, that was there when the account was linked or that the resident was told of. */
  chargesTold: string | null;
  /** What «К оплате» of the last periods that were told came to then, in kopecks, by their first days; also of those that are there no more. */
  chargesToldDues: ColumnType<Readonly<Record<string, number>>, string | undefined, string>;
  /** The same of payments, by their `entry`. */
  paymentsTold: Generated<number>;
  endedAt: ColumnType<Date | null, never, Date>;
  endedWhy: ColumnType<LinkEnd | null, never, LinkEnd>;
  /** The link of the resident who gave access to a relative; null for whoever proved the account. */
  givenBy: Generated<string | null>;
};

/** `relative`: nothing was proved, another resident gave access. */
export type LinkWay = 'sum' | 'password' | 'relative';
/** `by-giver`: whoever gave access took it back; `giver-left`: that resident has the account no more. */
export type LinkEnd = 'unlinked' | 'by-other-holder' | 'owner-changed' | 'by-staff' | 'by-giver' | 'giver-left';

export type Link = { id: string; residentId: string; account: string; name: string | null; way: LinkWay; linkedAt: Date };
export type LinkedAccount = Link & { address: string; closed: boolean };

const COLUMNS = ['links.id', 'residentId', 'account', 'name', 'way', 'linkedAt'] as const;

/** A resident's accounts, in the order in which they were linked. */
export async function listLinkedAccounts(db: Db, residentId: string): Promise<LinkedAccount[]> {
  return liveLinks(db)
    .innerJoin('accounts', 'accounts.number', 'links.account')
    .where('residentId', '=', residentId)
    .select([...COLUMNS, 'address', 'closed'])
    .orderBy('linkedAt')
    .orderBy('account')
    .execute();
}

/** With how many relatives it is shared, and whether it has meters: those of a closed account do not count. */
export type AccountInCabinet = LinkedAccount & {
  relatives: number;
  hasMeters: boolean;
  /** Whether one of them is to be read for the window that was asked about; null: none was. */
  isUnread: boolean | null;
};

export type Cabinet = { session: string; seenAt: Date; resident: Resident; accounts: AccountInCabinet[] };

/** Who is signed in with this messenger account now, and his accounts in the order in which they were linked. `opens`: as below. */
export async function findCabinet(
  db: Db,
  messengerId: string,
  now: Date,
  opens: string | null = null,
): Promise<Cabinet | undefined> {
  return (await findVisitor(db, messengerId, now, opens)).cabinet;
}

/**
 * The same, with the letter of theirs that was dealt with last (null: none is known), and whether a secret of theirs is awaited, whoever they
 * are. `opens`: the first day of the readings' window of which it is told what is unread; null: of none.
 */
export async function findVisitor(
  db: Db,
  messengerId: string,
  now: Date,
  opens: string | null,
): Promise<{ cabinet: Cabinet | undefined; lastLetter: string | null; secretAwaited: boolean }> {
  const rows = await db
    .selectFrom(sql<{ messengerId: string }>`(select ${messengerId}::text as messenger_id)`.as('visitor'))
    .leftJoin('lastTold', 'lastTold.messengerId', 'visitor.messengerId')
    .leftJoin('awaitedSecrets', (join) =>
      join.onRef('awaitedSecrets.messengerId', '=', 'visitor.messengerId').on('awaitedSecrets.until', '>', now),
    )
    .leftJoin(
      findOpenSessions(db, now)
        .innerJoin('residents', 'residents.id', 'sessions.residentId')
        .select(['sessions.id as session', 'sessions.messengerId', 'seenAt', 'residentId', 'login', 'phone', 'passwordHash'])
        .as('open'),
      'open.messengerId',
      'visitor.messengerId',
    )
    .leftJoin('links', (join) => join.onRef('links.residentId', '=', 'open.residentId').on('links.endedAt', 'is', null))
    .leftJoin('accounts', 'accounts.number', 'links.account')
    .select(['session', 'seenAt', 'open.residentId', 'login', 'phone', 'passwordHash', lastLetterSql.as('lastLetter')])
    .select('awaitedSecrets.until as awaitedUntil')
    .select(['links.id', 'account', 'name', 'way', 'linkedAt', 'address', 'closed'])
    .select([
      sql<number>`(select count(*)::integer from links as given where given.given_by = links.id and given.ended_at is null)`.as(
        'relatives',
      ),
      sql<boolean>`not closed and exists (select from meters as m where m.account = links.account)`.as('hasMeters'),
      sql<boolean | null>`${opens === null ? null : sql`not closed and ${unreadScaleSql('links', opens)}`}`.as('isUnread'),
    ])
    .orderBy('linkedAt')
    .orderBy('account')
    .execute();
  const [first] = rows;
  if (!first) return { cabinet: undefined, lastLetter: null, secretAwaited: false };
  const { session, seenAt, residentId, login, phone, passwordHash, lastLetter } = first;
  const beside = { lastLetter, secretAwaited: first.awaitedUntil !== null };
  // All of them but the phone are there, or none is.
  if (!session || !seenAt || !residentId || login == null || passwordHash == null) return { cabinet: undefined, ...beside };
  const accounts = rows.flatMap(({ id, account, name, way, linkedAt, address, closed, relatives, hasMeters, isUnread }) =>
    id && account && way && linkedAt && address !== null && closed !== null
      ? { id, residentId, account, name, way, linkedAt, address, closed, relatives, hasMeters, isUnread }
      : [],
  );
  return { cabinet: { session, seenAt, resident: { id: residentId, login, phone, passwordHash }, accounts }, ...beside };
}

export async function findLink(db: Db, id: string): Promise<Link | undefined> {
  return liveLinks(db).where('id', '=', id).select(COLUMNS).executeTakeFirst();
}

/** By which the resident of this link has its account now: this one, or one that was made after it had ended; undefined: that resident has it no more. */
export async function findNewestLink(db: Db, id: string): Promise<Link | undefined> {
  return db
    .selectFrom('links')
    .where('links.endedAt', 'is', null)
    .innerJoin('links as before', (join) =>
      join.onRef('before.residentId', '=', 'links.residentId').onRef('before.account', '=', 'links.account'),
    )
    .where('before.id', '=', id)
    .select(['links.id', 'links.residentId', 'links.account', 'links.name', 'links.way', 'links.linkedAt'])
    .executeTakeFirst();
}

/** Links to an account that its resident made after `since` and ended again, since anybody else ended one; their ids. */
export async function listUnlinkedSince(
  db: Db,
  { residentId, account, since }: { residentId: string; account: string; since: Date },
): Promise<string[]> {
  const rows = await db
    .selectFrom('links')
    .select('id')
    .where('residentId', '=', residentId)
    .where('account', '=', account)
    .where('linkedAt', '>', since)
    .where('endedWhy', '=', 'unlinked')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('links as other')
            .select('other.id')
            .whereRef('other.residentId', '=', 'links.residentId')
            .whereRef('other.account', '=', 'links.account')
            .where('other.endedWhy', '!=', 'unlinked')
            .whereRef('other.endedAt', '>=', 'links.endedAt'),
        ),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** Whether the resident of a link, an ended one perhaps, has its account at this moment. */
export async function hasAccountOfLink(db: Db, id: string): Promise<boolean> {
  const found = await db.selectFrom('links').select(['residentId', 'account']).where('id', '=', id).executeTakeFirst();
  return found !== undefined && (await findLinkTo(db, found.residentId, found.account)) !== undefined;
}

export async function findLinkTo(db: Db, residentId: string, account: string): Promise<Link | undefined> {
  return liveLinks(db).where('residentId', '=', residentId).where('account', '=', account).select(COLUMNS).executeTakeFirst();
}

/** All links to these accounts, from the oldest. */
export async function listLinksTo(db: Db, accounts: readonly string[]): Promise<Link[]> {
  return liveLinks(db)
    .where((e) => e('account', '=', e.fn.any(e.val([...accounts]))))
    .select(COLUMNS)
    .orderBy('linkedAt')
    .orderBy('id')
    .execute();
}

/** Everybody else's links to an account, from the newest. */
export async function listOtherLinks(db: Db, residentId: string, account: string): Promise<Link[]> {
  return liveLinks(db)
    .where('account', '=', account)
    .where('residentId', '!=', residentId)
    .select(COLUMNS)
    .orderBy('linkedAt', 'desc')
    .orderBy('id')
    .execute();
}

/** The new link's id; undefined when the resident has the account already. What billing has of the account by now is no news to him. */
export async function insertLink(
  trx: Trx,
  link: { residentId: string; account: string; way: LinkWay; linkedAt: Date; givenBy?: string },
): Promise<string | undefined> {
  const added = await trx
    .insertInto('links')
    .values((e) => ({
      ...link,
      chargesTold: e
        .selectFrom('charges')
        .where('account', '=', link.account)
        .select((m) => m.fn.max('period').as('period')),
      chargesToldDues: newestDueOf(link.account),
      paymentsTold: lastEntrySql(link.account),
    }))
    .onConflict((conflict) => conflict.columns(['residentId', 'account']).where('endedAt', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return added?.id;
}

/** «К оплате» of the newest period of an account, as `chargesToldDues` has it: what is corrected later is told to whoever links now, too. */
const newestDueOf = (account: string) => sql<string>`coalesce((
  select jsonb_build_object(period::text, sum(due_kopecks)::bigint) from charges where account = ${account} group by period order by period desc limit 1
), '{}')`;

/** False when this resident has no such link. */
export async function updateLinkName(trx: Trx, residentId: string, id: string, name: string | null): Promise<boolean> {
  const [done] = await trx
    .updateTable('links')
    .set({ name })
    .where('id', '=', id)
    .where('residentId', '=', residentId)
    .where('endedAt', 'is', null)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** False when it had ended before. */
export async function markLinkEnded(trx: Trx, id: string, why: LinkEnd, now: Date): Promise<boolean> {
  const [done] = await trx
    .updateTable('links')
    .set({ endedAt: now, endedWhy: why })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
  return done?.numUpdatedRows === 1n;
}

/** Ends all links to these accounts; what was ended. */
export async function markLinksEnded(trx: Trx, accounts: readonly string[], why: LinkEnd, now: Date): Promise<Link[]> {
  return trx
    .updateTable('links')
    .set({ endedAt: now, endedWhy: why })
    .where('account', 'in', accounts)
    .where('endedAt', 'is', null)
    .returning(COLUMNS)
    .execute();
}

/** The residents who have the account in their cabinets, from the one who linked it first. */
export async function listHolders(db: Db, account: string): Promise<Resident[]> {
  return liveLinks(db)
    .innerJoin('residents', 'residents.id', 'links.residentId')
    .where('account', '=', account)
    .select(['residents.id', 'login', 'phone', 'passwordHash'])
    .orderBy('linkedAt')
    .orderBy('residents.id')
    .execute();
}

/** Live links that were given by this one, from the newest, with the login of each. */
export async function listGivenLinks(db: Db, givenBy: string): Promise<(Link & { login: string })[]> {
  return liveLinks(db)
    .innerJoin('residents', 'residents.id', 'links.residentId')
    .where('givenBy', '=', givenBy)
    .select([...COLUMNS, 'login'])
    .orderBy('linkedAt', 'desc')
    .orderBy('links.id')
    .execute();
}

/** The live link by which another one was given. */
export async function findGiverOf(db: Db, id: string): Promise<Link | undefined> {
  return liveLinks(db)
    .where('links.id', '=', (e) => e.selectFrom('links as given').select('given.givenBy').where('given.id', '=', id))
    .select(COLUMNS)
    .executeTakeFirst();
}

/** Ends what these links gave; what was ended. */
export async function markGivenLinksEnded(trx: Trx, givenBy: readonly string[], now: Date): Promise<Link[]> {
  return trx
    .updateTable('links')
    .set({ endedAt: now, endedWhy: 'giver-left' })
    .where((e) => e('givenBy', '=', e.fn.any(e.val([...givenBy]))))
    .where('endedAt', 'is', null)
    .returning(COLUMNS)
    .execute();
}

/** How many accounts each of these residents has in the cabinet; who has none is left out. */
export async function countLinks(db: Db, residentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await liveLinks(db)
    .where(sql<boolean>`resident_id = any(${[...residentIds]}::uuid[])`)
    .select(['residentId', (e) => e.fn.countAll<number>().as('count')])
    .groupBy('residentId')
    .execute();
  return new Map(rows.map(({ residentId, count }) => [residentId, count]));
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
  return db.selectFrom('links').where('endedAt', 'is', null);
}
