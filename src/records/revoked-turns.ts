import { type ColumnType, sql } from 'kysely';
import type { Db } from './database.ts';
import { lock } from './locks.ts';

/** Turns of chats that were taken away from a process which may be paused and wake: nothing more of them is written. */
export type RevokedTurnsTable = {
  token: string;
  at: ColumnType<Date, never, never>;
};

const LOCK_WAIT_MS = 5_000;

/** From now on `lockIdempotencyKey` refuses this turn. Waits for its transactions that are under way, for some seconds at most; throws (55P03) after that. */
export async function insertRevokedTurn(db: Db, token: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select set_config('lock_timeout', ${`${LOCK_WAIT_MS}ms`}, true)`.execute(trx);
    await lock(trx, 'turn', token);
    await sql`insert into revoked_turns (token) values (${token}) on conflict do nothing`.execute(trx);
  });
}

export async function deleteOldRevokedTurns(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('revokedTurns').where('at', '<', before).execute();
}
