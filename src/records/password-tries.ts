import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lockEach } from './locks.ts';

/** How often a password was tried in vain by one kind of person; see `office/identity/password-tries.ts`. */
export type PasswordTriesTable = {
  /** Whose password, and by whom. */
  key: string;
  failures: number;
  failedAt: Date;
  lockedUntil: Date | null;
};

export type PasswordTries = { failures: number; failedAt: Date; lockedUntil: Date | null };

/** The counter under any of its names, held against everybody else until the transaction ends. */
export async function lockTries(trx: Trx, keys: readonly string[]): Promise<PasswordTries | undefined> {
  await lockEach(trx, 'passwordTries', keys);
  return trx
    .selectFrom('passwordTries')
    .select(['failures', 'failedAt', 'lockedUntil'])
    .where('key', 'in', keys)
    .orderBy('failures', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Keeps it under its newest name. */
export async function saveTries(trx: Trx, [key = '']: readonly string[], tries: PasswordTries): Promise<void> {
  await trx
    .insertInto('passwordTries')
    .values({ key, ...tries })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(tries))
    .execute();
}

export async function deleteTries(trx: Trx, key: string): Promise<void> {
  await trx.deleteFrom('passwordTries').where('key', '=', key).execute();
}

/** All counters of one login, by whomever it was tried. */
export async function deleteTriesOf(trx: Trx, residentId: string): Promise<void> {
  await trx.deleteFrom('passwordTries').where(sql<boolean>`split_part(key, '/', 2) = ${residentId}`).execute();
}

export async function deleteOldTries(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('passwordTries').where('failedAt', '<=', before).execute();
}
