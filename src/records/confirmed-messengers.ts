import type { ColumnType } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A messenger account that once proved the phone of this login: it signs in by the password alone. */
export type ConfirmedMessengersTable = {
  residentId: string;
  messengerId: string;
  confirmedAt: ColumnType<Date, Date, never>;
};

export async function isConfirmed(db: Db, residentId: string, messengerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('confirmedMessengers')
    .select('messengerId')
    .where('residentId', '=', residentId)
    .where('messengerId', '=', messengerId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertConfirmedMessenger(trx: Trx, residentId: string, messengerId: string, now: Date): Promise<void> {
  await trx
    .insertInto('confirmedMessengers')
    .values({ residentId, messengerId, confirmedAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** That account must enter an SMS code again. */
export async function deleteConfirmedMessenger(trx: Trx, residentId: string, messengerId: string): Promise<void> {
  await trx
    .deleteFrom('confirmedMessengers')
    .where('residentId', '=', residentId)
    .where('messengerId', '=', messengerId)
    .execute();
}

export async function deleteOtherConfirmedMessengers(trx: Trx, residentId: string, messengerId: string): Promise<void> {
  await trx
    .deleteFrom('confirmedMessengers')
    .where('residentId', '=', residentId)
    .where('messengerId', '!=', messengerId)
    .execute();
}

export async function listConfirmedMessengers(db: Db, residentId: string): Promise<string[]> {
  const rows = await db.selectFrom('confirmedMessengers').select('messengerId').where('residentId', '=', residentId).execute();
  return rows.map((row) => row.messengerId);
}

/** The residents for whose logins this messenger account was confirmed. */
export async function listConfirmedResidents(db: Db, messengerId: string): Promise<string[]> {
  const rows = await db.selectFrom('confirmedMessengers').select('residentId').where('messengerId', '=', messengerId).execute();
  return rows.map((row) => row.residentId);
}

/** Of the confirmed ones those that are no other login's: what was done there was done by this resident, or by a guest who is nobody else. */
export async function listOwnMessengers(db: Db, residentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('confirmedMessengers as c')
    .select('c.messengerId')
    .where('c.residentId', '=', residentId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('confirmedMessengers as other')
            .select('other.residentId')
            .whereRef('other.messengerId', '=', 'c.messengerId')
            .where('other.residentId', '!=', residentId),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sessions as other')
            .select('other.id')
            .whereRef('other.messengerId', '=', 'c.messengerId')
            .where('other.residentId', '!=', residentId)
            .where('other.endedAt', 'is', null),
        ),
      ),
    )
    .execute();
  return rows.map((row) => row.messengerId);
}
