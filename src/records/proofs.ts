import { type ColumnType, sql } from 'kysely';
import type { CodePurpose } from './confirmation-codes.ts';
import type { Db, Trx } from './database.ts';

/** That the owner of a messenger account holds a phone: used once, within half an hour. */
export type PhoneProofsTable = {
  id: string;
  messenger_id: string;
  purpose: CodePurpose;
  phone: string;
  proved_at: ColumnType<Date, Date, never>;
  expires_at: ColumnType<Date, Date, never>;
};

/** That the owner of a messenger account knew the password of a login. */
export type PasswordProofsTable = {
  id: string;
  messenger_id: string;
  resident_id: string;
  purpose: PasswordPurpose;
  expires_at: ColumnType<Date, Date, never>;
};

export type PasswordPurpose = 'sign-in' | 'settings';

export async function insertPhoneProof(
  trx: Trx,
  proof: { id: string; messenger_id: string; purpose: CodePurpose; phone: string; proved_at: Date; expires_at: Date },
): Promise<void> {
  await trx.insertInto('phone_proofs').values(proof).execute();
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
    .selectFrom('phone_proofs')
    .select('phone')
    .where('id', '=', id)
    .where('messenger_id', '=', messengerId)
    .where('purpose', 'in', purposes)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
}

export async function deletePhoneProof(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('phone_proofs').where('id', '=', id).execute();
}

export async function insertPasswordProof(
  trx: Trx,
  proof: { id: string; messenger_id: string; resident_id: string; purpose: PasswordPurpose; expires_at: Date },
): Promise<void> {
  await trx.insertInto('password_proofs').values(proof).execute();
}

/** Whose password this messenger account knew. */
export async function findPasswordProof(
  db: Db,
  id: string,
  messengerId: string,
  purpose: PasswordPurpose,
  now: Date,
): Promise<{ resident_id: string } | undefined> {
  return db
    .selectFrom('password_proofs')
    .select('resident_id')
    .where('id', '=', id)
    .where('messenger_id', '=', messengerId)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** False when somebody else used it first, or the password was changed meanwhile. Hold the resident before, as whoever changes the password does. */
export async function deletePasswordProof(trx: Trx, id: string): Promise<boolean> {
  const [used] = await trx.deleteFrom('password_proofs').where('id', '=', id).execute();
  return used?.numDeletedRows === 1n;
}

/** After the password was changed, none proves anything. */
export async function deletePasswordProofsOf(trx: Trx, residentId: string): Promise<void> {
  await trx.deleteFrom('password_proofs').where('resident_id', '=', residentId).execute();
}

/** When a phone changes hands, what was proved before is no longer so. */
export async function deletePhoneProofsOfPhone(trx: Trx, phone: string): Promise<void> {
  await trx.deleteFrom('phone_proofs').where('phone', '=', phone).execute();
}

export async function deletePhoneProofsOf(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('phone_proofs')
    .where('messenger_id', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
}

export async function deleteOldProofs(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('phone_proofs').where('expires_at', '<=', now).execute();
  await db.deleteFrom('password_proofs').where('expires_at', '<=', now).execute();
}
