import type { ColumnType, Generated } from 'kysely';
import type { Db, Trx } from './database.ts';

/** That somebody agreed to the processing of personal data, and to which text: kept even after it was withdrawn. */
export type ConsentsTable = {
  id: Generated<string>;
  /** Empty until the registration is done, and again when the resident is gone. */
  resident_id: string | null;
  messenger_id: string;
  version: string;
  /** Of the exact text that was shown, hex. */
  sha256: string;
  given_at: ColumnType<Date, Date, never>;
  withdrawn_at: Date | null;
};

export async function insertConsent(
  trx: Trx,
  consent: { messenger_id: string; version: string; sha256: string; given_at: Date },
): Promise<void> {
  await trx
    .insertInto('consents')
    .values({ ...consent, resident_id: null, withdrawn_at: null })
    .execute();
}

/** The newest consent of this messenger account after `since` that was neither used for a registration nor withdrawn. */
export async function findConsent(db: Db, messengerId: string, since: Date): Promise<{ id: string; sha256: string } | undefined> {
  return db
    .selectFrom('consents')
    .select(['id', 'sha256'])
    .where('messenger_id', '=', messengerId)
    .where('resident_id', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('given_at', '>', since)
    .orderBy('given_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function updateConsentHolder(trx: Trx, id: string, residentId: string): Promise<void> {
  await trx.updateTable('consents').set({ resident_id: residentId }).where('id', '=', id).execute();
}

/** Forgets consents that no registration followed: nothing was kept by them. */
export async function deleteUnusedConsents(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('consents')
    .where('resident_id', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('given_at', '<', before)
    .execute();
}

export async function markConsentsWithdrawn(trx: Trx, residentId: string, now: Date): Promise<void> {
  await trx
    .updateTable('consents')
    .set({ withdrawn_at: now })
    .where('resident_id', '=', residentId)
    .where('withdrawn_at', 'is', null)
    .execute();
}
