import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** How often a password was tried in vain by one kind of person; see `office/doors.ts`. */
export type DoorsTable = {
  key: string;
  failures: number;
  failed_at: Date;
  locked_until: Date | null;
};

export type Door = { failures: number; failed_at: Date; locked_until: Date | null };

/** The door, held against everybody else until the transaction ends. */
export async function holdDoor(trx: Trx, key: string): Promise<Door | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 4))`.execute(trx);
  return trx.selectFrom('doors').select(['failures', 'failed_at', 'locked_until']).where('key', '=', key).executeTakeFirst();
}

export async function keepDoor(trx: Trx, key: string, door: Door): Promise<void> {
  await trx
    .insertInto('doors')
    .values({ key, ...door })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(door))
    .execute();
}

export async function clearDoor(trx: Trx, key: string): Promise<void> {
  await trx.deleteFrom('doors').where('key', '=', key).execute();
}

export async function forgetDoors(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('doors').where('failed_at', '<=', before).execute();
}
