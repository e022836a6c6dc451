import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A password to an account that a payment point gave out; the journal of them. Only a keyed fingerprint is kept. */
export type AccountPasswordsTable = {
  id: Generated<string>;
  account: string;
  fingerprint: string;
  issuedAt: ColumnType<Date, Date, never>;
  /** Who gave it out. */
  issuedBy: string;
  expiresAt: ColumnType<Date, Date, never>;
  failures: Generated<number>;
  endedAt: ColumnType<Date | null, never, Date>;
  endedWhy: ColumnType<PasswordEnd | null, never, PasswordEnd>;
};

/** How many wrong tries of one person count to the end of a password. */
export type AccountPasswordGuessesTable = { passwordId: string; person: string; failures: number };

/** `not-handed`: the slip with it did not reach, or may not have reached, the member of staff who was to hand it over. */
export type PasswordEnd = 'used' | 'replaced' | 'failures' | 'owner-changed' | 'not-handed';

export type LivePassword = { id: string; fingerprint: string; failures: number };

/** The new password's id. */
export async function insertAccountPassword(
  trx: Trx,
  password: { account: string; fingerprint: string; issuedAt: Date; issuedBy: string; expiresAt: Date },
): Promise<string> {
  const { id } = await trx.insertInto('accountPasswords').values(password).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The password to an account that may be used now, held until the transaction ends. */
export async function lockLivePassword(trx: Trx, account: string, now: Date): Promise<LivePassword | undefined> {
  return trx
    .selectFrom('accountPasswords')
    .select(['id', 'fingerprint', 'failures'])
    .where('account', '=', account)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Counts one more failure of this password by a person (all his fingerprints, the newest first), unless `most` of his count already; how many
 * the password has by now, undefined where this one does not count.
 */
export async function savePasswordFailure(
  trx: Trx,
  id: string,
  { person, most }: { person: readonly string[]; most: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ failures: number }>`
    with counted as (
      insert into account_password_guesses as g (password_id, person, failures)
      select id, ${person[0] ?? ''}, 1 from account_passwords
      where id = ${id} and ${most} > coalesce(
        (select sum(failures) from account_password_guesses where password_id = ${id} and person = any(${[...person]}::text[])), 0
      )
      on conflict (password_id, person) do update set failures = g.failures + 1
      returning password_id
    )
    update account_passwords set failures = failures + 1 where id in (select password_id from counted)
    returning failures`.execute(trx);
  return rows[0]?.failures;
}

export async function markPasswordEnded(trx: Trx, id: string, why: PasswordEnd, now: Date): Promise<void> {
  await trx
    .updateTable('accountPasswords')
    .set({ endedAt: now, endedWhy: why })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .execute();
}

/** Ends whatever passwords these accounts have, also expired ones. */
export async function markPasswordsEnded(trx: Trx, accounts: readonly string[], why: PasswordEnd, now: Date): Promise<void> {
  await trx
    .updateTable('accountPasswords')
    .set({ endedAt: now, endedWhy: why })
    .where('account', 'in', accounts)
    .where('endedAt', 'is', null)
    .execute();
}

/** Whether a password may still be used; it is held until the transaction ends. */
export async function lockPasswordIfLive(trx: Trx, id: string, now: Date): Promise<boolean> {
  const row = await trx
    .selectFrom('accountPasswords')
    .select('id')
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** The password to an account that may be used now: since and until when. */
export async function findLivePassword(
  db: Db,
  account: string,
  now: Date,
): Promise<{ issuedAt: Date; expiresAt: Date } | undefined> {
  return db
    .selectFrom('accountPasswords')
    .select(['issuedAt', 'expiresAt'])
    .where('account', '=', account)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}
