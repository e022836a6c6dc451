import type { Generated, Selectable } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Where the list of requests that wait stands in the staff group; one row at most. */
export type RequestBoardTable = {
  oneRow: Generated<boolean>;
  /** Null: it is still to be sent, or was deleted. */
  message: string | null;
  /** Where it stood before, and is to be taken away. */
  former: string | null;
  pinned: Generated<boolean>;
  page: Generated<number>;
  /** What it shows, as a fingerprint. */
  shows: Generated<string>;
  askedAt: Date;
};

export type RequestBoard = Selectable<RequestBoardTable>;

export async function findRequestBoard(db: Db): Promise<RequestBoard | undefined> {
  return db.selectFrom('requestBoard').selectAll().executeTakeFirst();
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockRequestBoard(trx: Trx): Promise<RequestBoard | undefined> {
  return trx.selectFrom('requestBoard').selectAll().forUpdate().executeTakeFirst();
}

/** There is to be a new one from now on, from its first page. */
export async function saveRequestBoard(trx: Trx, former: string | null, now: Date): Promise<void> {
  const anew = { message: null, former, pinned: false, page: 1, shows: '', askedAt: now };
  await trx
    .insertInto('requestBoard')
    .values(anew)
    .onConflict((c) => c.column('oneRow').doUpdateSet(anew))
    .execute();
}

export async function updateRequestBoard(
  db: Db,
  change: Partial<Pick<RequestBoard, 'message' | 'former' | 'pinned' | 'page' | 'shows'>>,
): Promise<void> {
  await db.updateTable('requestBoard').set(change).execute();
}
