import { type ColumnType, sql } from 'kysely';
import type { CodePurpose } from './confirmation-codes.ts';
import type { Db, Trx } from './database.ts';

/** That the owner of a messenger account holds a phone: used once, within half an hour. */
export type PhoneProofsTable = {
  id: string;
  messengerId: string;
  purpose: CodePurpose;
  phone: string;
  provedAt: ColumnType<Date, Date, never>;
  expiresAt: ColumnType<Date, Date, never>;
};

/** That the owner of a messenger account knew the password of a login. */
export type PasswordProofsTable = {
  id: string;
  messengerId: string;
  residentId: string;
  purpose: PasswordPurpose;
  expiresAt: ColumnType<Date, Date, never>;
};

export type PasswordPurpose = 'sign-in' | 'settings';

export async function insertPhoneProof(
  trx: Trx,
  proof: { id: string; messengerId: string; purpose: CodePurpose; phone: string; provedAt: Date; expiresAt: Date },
): Promise<void> {
  await trx.insertInto('phoneProofs').values(proof).execute();
}

/** The phone that this messenger account proved for one of these purposes; nobody else can use the proof until the transaction ends. */
export async function lockPhoneProof(
  trx: Trx,
  id: string,
  messengerId: string,
  purposes: readonly CodePurpose[],
  now: Date,
): Promise<{ phone: string } | undefined> {
  return trx
    .selectFrom('phoneProofs')
    .select('phone')
    .where('id', '=', id)
    .where('messengerId', '=', messengerId)
    .where('purpose', 'in', purposes)
    .where('expiresAt', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

export async function deletePhoneProof(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('phoneProofs').where('id', '=', id).execute();
}

export async function insertPasswordProof(
  trx: Trx,
  proof: { id: string; messengerId: string; residentId: string; purpose: PasswordPurpose; expiresAt: Date },
): Promise<void> {
  await trx.insertInto('passwordProofs').values(proof).execute();
}

/** Whose password this messenger account knew. */
export async function findPasswordProof(
  db: Db,
  id: string,
  messengerId: string,
  purpose: PasswordPurpose,
  now: Date,
): Promise<{ residentId: string } | undefined> {
  return db
    .selectFrom('passwordProofs')
    .select('residentId')
    .where('id', '=', id)
    .where('messengerId', '=', messengerId)
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}

/** False when somebody else used it first, or the password was changed meanwhile. Hold the resident before, as whoever changes the password does. */
export async function deletePasswordProof(trx: Trx, id: string): Promise<boolean> {
  const [used] = await trx.deleteFrom('passwordProofs').where('id', '=', id).execute();
  return used?.numDeletedRows === 1n;
}

/** After the password was changed, none proves anything. */
export async function deletePasswordProofsOf(trx: Trx, residentId: string): Promise<void> {
  await trx.deleteFrom('passwordProofs').where('residentId', '=', residentId).execute();
}

/** When a phone changes hands, what was proved before is no longer so. */
export async function deletePhoneProofsOfPhone(trx: Trx, phone: string): Promise<void> {
  await trx.deleteFrom('phoneProofs').where('phone', '=', phone).execute();
}

export async function deletePhoneProofsOf(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('phoneProofs')
    .where('messengerId', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
}

export async function deleteOldProofs(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('phoneProofs').where('expiresAt', '<=', now).execute();
  await db.deleteFrom('passwordProofs').where('expiresAt', '<=', now).execute();
}
