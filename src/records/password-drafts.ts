import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A new password between its two typings and the SMS code, as a hash: a dialog carries the id alone. */
export type PasswordDraftsTable = {
  id: string;
  messenger_id: string;
  hash: string;
  /** The login and the phone that it was held against: with others it may be too easy. */
  judged_for: string;
  /** Typed twice alike. */
  repeated: boolean;
  expires_at: ColumnType<Date, Date, never>;
};

export type PasswordDraft = { hash: string; judged_for: string; repeated: boolean };

export async function insertDraft(
  trx: Trx,
  draft: { id: string; messenger_id: string; hash: string; judged_for: string; expires_at: Date },
): Promise<void> {
  await trx
    .insertInto('password_drafts')
    .values({ ...draft, repeated: false })
    .execute();
}

export async function findDraft(db: Db, id: string, messengerId: string, now: Date): Promise<PasswordDraft | undefined> {
  return db
    .selectFrom('password_drafts')
    .select(['hash', 'judged_for', 'repeated'])
    .where('id', '=', id)
    .where('messenger_id', '=', messengerId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export async function markDraftRepeated(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('password_drafts').set({ repeated: true }).where('id', '=', id).execute();
}

export async function deleteDraft(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('password_drafts').where('id', '=', id).execute();
}

export async function deleteDraftsOf(trx: Trx, messengerIds: readonly string[]): Promise<void> {
  await trx
    .deleteFrom('password_drafts')
    .where('messenger_id', '=', sql<string>`any(${[...messengerIds]}::text[])`)
    .execute();
}

export async function deleteOldDrafts(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('password_drafts').where('expires_at', '<=', now).execute();
}
