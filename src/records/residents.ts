import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lock } from './locks.ts';

/** Who has a login. A phone that somebody else took over is gone from here until a new one is confirmed. */
export type ResidentsTable = {
  id: Generated<string>;
  /** As it was typed; case does not tell two logins apart. One that looks like a phone is always this resident's own phone. */
  login: string;
  /** `+79123456789` */
  phone: string | null;
  passwordHash: string;
  registeredAt: ColumnType<Date, Date, never>;
};

export type Resident = { id: string; login: string; phone: string | null; passwordHash: string };

const COLUMNS = ['id', 'login', 'phone', 'passwordHash'] as const;

export async function findResident(db: Db, id: string): Promise<Resident | undefined> {
  return db.selectFrom('residents').select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** Nobody else changes or takes away this resident until the transaction ends; what was changed a moment ago is seen. */
export async function lockResident(trx: Trx, id: string): Promise<Resident | undefined> {
  return trx.selectFrom('residents').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Nobody takes this resident or the phone away until the transaction ends. */
export async function lockResidentShared(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('residents').select('id').where('id', '=', id).forKeyShare().execute();
}

export async function findResidentByLogin(db: Db, login: string): Promise<Resident | undefined> {
  return db.selectFrom('residents').select(COLUMNS).where(sql`lower(login)`, '=', login.toLowerCase()).executeTakeFirst();
}

export async function findResidentByPhone(db: Db, phone: string): Promise<Resident | undefined> {
  return db.selectFrom('residents').select(COLUMNS).where('phone', '=', phone).executeTakeFirst();
}

/** Waits for whoever registers or changes a login or a phone now: two that lock the same rows in opposite order would deadlock. */
export async function lockIdentities(trx: Trx): Promise<void> {
  await lock(trx, 'identities');
}

export async function insertResident(
  trx: Trx,
  resident: { login: string; phone: string; passwordHash: string; registeredAt: Date },
): Promise<string> {
  const { id } = await trx.insertInto('residents').values(resident).returning('id').executeTakeFirstOrThrow();
  return id;
}

export async function updateResident(
  trx: Trx,
  id: string,
  change: { login?: string; phone?: string | null; passwordHash?: string },
): Promise<void> {
  await trx.updateTable('residents').set(change).where('id', '=', id).execute();
}

/** Takes with it all that hangs on the resident: sessions, confirmed messengers, links. */
export async function deleteResident(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('residents').where('id', '=', id).execute();
}
