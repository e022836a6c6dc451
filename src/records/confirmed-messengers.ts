import type { ColumnType } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A Telegram account that once proved the phone of this login: it signs in by the password alone. */
export type ConfirmedMessengersTable = {
  resident_id: string;
  messenger_id: string;
  confirmed_at: ColumnType<Date, Date, never>;
};

export async function isConfirmed(db: Db, residentId: string, messengerId: string): Promise<boolean> {
  const row = await db
    .selectFrom('confirmed_messengers')
    .select('messenger_id')
    .where('resident_id', '=', residentId)
    .where('messenger_id', '=', messengerId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertConfirmedMessenger(trx: Trx, residentId: string, messengerId: string, now: Date): Promise<void> {
  await trx
    .insertInto('confirmed_messengers')
    .values({ resident_id: residentId, messenger_id: messengerId, confirmed_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** That account must enter an SMS code again. */
export async function deleteConfirmedMessenger(trx: Trx, residentId: string, messengerId: string): Promise<void> {
  await trx
    .deleteFrom('confirmed_messengers')
    .where('resident_id', '=', residentId)
    .where('messenger_id', '=', messengerId)
    .execute();
}

export async function deleteOtherConfirmedMessengers(trx: Trx, residentId: string, messengerId: string): Promise<void> {
  await trx
    .deleteFrom('confirmed_messengers')
    .where('resident_id', '=', residentId)
    .where('messenger_id', '!=', messengerId)
    .execute();
}

export async function listConfirmedMessengers(db: Db, residentId: string): Promise<string[]> {
  const rows = await db.selectFrom('confirmed_messengers').select('messenger_id').where('resident_id', '=', residentId).execute();
  return rows.map((row) => row.messenger_id);
}
