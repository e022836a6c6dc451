import type { ColumnType, Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/** That somebody agreed to the processing of personal data, and to which text: kept even after it was withdrawn. */
export type ConsentsTable = {
  id: Generated<string>;
  /** Empty until the registration is done, and again when the resident is gone. */
  residentId: string | null;
  messengerId: string;
  version: string;
  /** Of the exact text that was shown, hex. */
  sha256: string;
  givenAt: ColumnType<Date, Date, never>;
  withdrawnAt: Date | null;
};

export async function insertConsent(
  trx: Trx,
  consent: { messengerId: string; version: string; sha256: string; givenAt: Date },
): Promise<void> {
  await trx
    .insertInto('consents')
    .values({ ...consent, residentId: null, withdrawnAt: null })
    .execute();
}

/** The newest consent of this messenger account after `since` that was neither used for a registration nor withdrawn. */
export async function findConsent(db: Db, messengerId: string, since: Date): Promise<{ id: string; sha256: string } | undefined> {
  return db
    .selectFrom('consents')
    .select(['id', 'sha256'])
    .where('messengerId', '=', messengerId)
    .where('residentId', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('givenAt', '>', since)
    .orderBy('givenAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function updateConsentHolder(trx: Trx, id: string, residentId: string): Promise<void> {
  await trx.updateTable('consents').set({ residentId }).where('id', '=', id).execute();
}

/** Forgets consents that no registration followed: nothing was kept by them. */
export async function deleteUnusedConsents(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('consents')
    .where('residentId', 'is', null)
    .where('withdrawnAt', 'is', null)
    .where('givenAt', '<', before)
    .execute();
}

export async function markConsentsWithdrawn(trx: Trx, residentId: string, now: Date): Promise<void> {
  await trx
    .updateTable('consents')
    .set({ withdrawnAt: now })
    .where('residentId', '=', residentId)
    .where('withdrawnAt', 'is', null)
    .execute();
}
