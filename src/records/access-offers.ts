import type { ColumnType, Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/**
 * A one-time link by which a resident gives a relative access to an account. What it carries is made of the id by a key of the operator's, and stored
 * nowhere.
 */
export type AccessOffersTable = {
  id: Generated<string>;
  /** The giver's own. */
  linkId: string;
  madeAt: ColumnType<Date, Date, never>;
  expiresAt: ColumnType<Date, Date, never>;
  /** The messenger account that opened it last: what is kept for a guest until the sign-in. */
  openedBy: string | null;
  endedAt: Date | null;
  endedWhy: 'used' | 'withdrawn' | null;
  usedBy: string | null;
};

/** With what it is of; `giverLeft`: the giver has the account no more. */
export type AccessOffer = {
  id: string;
  link: string;
  giver: string;
  account: string;
  address: string;
  expiresAt: Date;
  openedBy: string | null;
  endedWhy: 'used' | 'withdrawn' | null;
  usedBy: string | null;
  giverLeft: boolean;
};

export async function insertAccessOffer(trx: Trx, offer: { linkId: string; madeAt: Date; expiresAt: Date }): Promise<string> {
  const { id } = await trx.insertInto('accessOffers').values(offer).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function findAccessOffer(db: Db, id: string): Promise<AccessOffer | undefined> {
  return offers(db).where('accessOffers.id', '=', id).executeTakeFirst();
}

/** The same, held until the transaction ends: neither it nor the giver's link ends meanwhile. */
export async function lockAccessOffer(trx: Trx, id: string): Promise<AccessOffer | undefined> {
  return offers(trx).where('accessOffers.id', '=', id).forUpdate(['accessOffers', 'links']).executeTakeFirst();
}

/** Those of a link that may still be used, from the newest. */
export async function listOpenAccessOffers(db: Db, linkId: string, now: Date): Promise<{ id: string; expiresAt: Date }[]> {
  return db
    .selectFrom('accessOffers')
    .select(['id', 'expiresAt'])
    .where('linkId', '=', linkId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('madeAt', 'desc')
    .orderBy('accessOffers.id')
    .execute();
}

/** What a messenger account opened and may still use, while the giver has the account. */
export async function listAccessOffersOpenedBy(db: Db, messengerId: string, now: Date): Promise<AccessOffer[]> {
  return offers(db)
    .where('openedBy', '=', messengerId)
    .where('accessOffers.endedAt', 'is', null)
    .where('links.endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .execute();
}

/** How many a resident has made since a moment, over all accounts, and when each was, from the newest. */
export async function listAccessOfferTimes(db: Db, residentId: string, since: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('accessOffers')
    .innerJoin('links', 'links.id', 'accessOffers.linkId')
    .select('madeAt')
    .where('residentId', '=', residentId)
    .where('madeAt', '>', since)
    .orderBy('madeAt', 'desc')
    .execute();
  return rows.map(({ madeAt }) => madeAt);
}

export async function updateAccessOfferOpened(trx: Trx, id: string, messengerId: string): Promise<void> {
  await trx.updateTable('accessOffers').set({ openedBy: messengerId }).where('id', '=', id).execute();
}

export async function markAccessOfferUsed(trx: Trx, id: string, residentId: string, now: Date): Promise<void> {
  await trx
    .updateTable('accessOffers')
    .set({ endedAt: now, endedWhy: 'used', usedBy: residentId })
    .where('id', '=', id)
    .execute();
}

/** Those of these links that nobody has used; how many there were. */
export async function markAccessOffersWithdrawn(trx: Trx, linkIds: readonly string[], now: Date): Promise<number> {
  const [done] = await trx
    .updateTable('accessOffers')
    .set({ endedAt: now, endedWhy: 'withdrawn' })
    .where((e) => e('linkId', '=', e.fn.any(e.val([...linkIds]))))
    .where('endedAt', 'is', null)
    .execute();
  return Number(done?.numUpdatedRows ?? 0n);
}

/** Who goes leaves no trace as the one who opened it. */
export async function updateAccessOffersForgotten(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('accessOffers')
    .set({ openedBy: null })
    .where((e) => e('openedBy', '=', e.fn.any(e.val([...messengerIds]))))
    .execute();
}

export async function deleteOldAccessOffers(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('accessOffers').where('expiresAt', '<', before).execute();
}

function offers(db: Db) {
  return db
    .selectFrom('accessOffers')
    .innerJoin('links', 'links.id', 'accessOffers.linkId')
    .innerJoin('accounts', 'accounts.number', 'links.account')
    .select(['accessOffers.id', 'accessOffers.expiresAt', 'openedBy', 'accessOffers.endedWhy', 'usedBy'])
    .select(['links.id as link', 'links.residentId as giver', 'links.account', 'address'])
    .select((e) => e('links.endedAt', 'is not', null).$castTo<boolean>().as('giverLeft'));
}
