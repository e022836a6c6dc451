import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lock, lockShared } from './locks.ts';

/** Turns of chats that were taken away from a process which may be paused and wake: nothing more of them is written. */
export type RevokedTurnsTable = {
  token: string;
  at: ColumnType<Date, never, never>;
};

const LOCK_WAIT_MS = 5_000;

/** From now on `lockIdempotencyKey` and `lockTurn` refuse this turn. Waits for its transactions that are under way, for some seconds at most; throws (55P03) after that. */
export async function insertRevokedTurn(db: Db, token: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select set_config('lock_timeout', ${`${LOCK_WAIT_MS}ms`}, true)`.execute(trx);
    await lock(trx, 'turn', token);
    await sql`insert into revoked_turns (token) values (${token}) on conflict do nothing`.execute(trx);
  });
}

/** 'revoked' where it was taken away; otherwise it cannot be until this transaction ends. */
export async function lockTurn(trx: Trx, token: string): Promise<'revoked' | 'held'> {
  await lockShared(trx, 'turn', token);
  // A statement of its own: it sees what was committed while we waited for the lock.
  const found = await trx.selectFrom('revokedTurns').select('token').where('token', '=', token).executeTakeFirst();
  return found ? 'revoked' : 'held';
}

export async function deleteOldRevokedTurns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('revokedTurns').where('at', '<', before).execute();
}
