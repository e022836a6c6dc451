import { sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A new password between its two typings and the SMS code, as a hash: a dialog carries the id alone. */
export type PasswordDraftsTable = {
  id: string;
  messengerId: string;
  hash: string;
  /** The login and the phone that it was held against: with others it may be too easy. */
  judgedFor: string;
  /** Typed twice alike. */
  repeated: boolean;
  expiresAt: Date;
};

export type PasswordDraft = { hash: string; judgedFor: string; repeated: boolean };

export async function insertDraft(
  trx: Trx,
  draft: { id: string; messengerId: string; hash: string; judgedFor: string; expiresAt: Date },
): Promise<void> {
  await trx
    .insertInto('passwordDrafts')
    .values({ ...draft, repeated: false })
    .execute();
}

export async function findDraft(db: Db, id: string, messengerId: string, now: Date): Promise<PasswordDraft | undefined> {
  return db
    .selectFrom('passwordDrafts')
    .select(['hash', 'judgedFor', 'repeated'])
    .where('id', '=', id)
    .where('messengerId', '=', messengerId)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}

export async function markDraftRepeated(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('passwordDrafts').set({ repeated: true }).where('id', '=', id).execute();
}

export async function updateDraftOwner(trx: Trx, id: string, judgedFor: string): Promise<void> {
  await trx.updateTable('passwordDrafts').set({ judgedFor }).where('id', '=', id).execute();
}

/** Another end for a draft of that person's which is not over yet. */
export async function updateDraftExpiry(
  trx: Trx,
  { id, messengerId }: { id: string; messengerId: string },
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> {
  await trx
    .updateTable('passwordDrafts')
    .set({ expiresAt })
    .where('id', '=', id)
    .where('messengerId', '=', messengerId)
    .where('expiresAt', '>', now)
    .execute();
}

export async function deleteDraft(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('passwordDrafts').where('id', '=', id).execute();
}

export async function deleteDraftsOf(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('passwordDrafts')
    .where('messengerId', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
}

export async function deleteOldDrafts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('passwordDrafts').where('expiresAt', '<=', now).execute();
}
