import { type ColumnType, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { exclusiveLockSql, sharedLockSql } from './locks.ts';

/** What an office verb answered to one step of one update, kept so that a repeat hears the same. */
export type IdempotencyKeysTable = {
  key: string;
  outcome: ColumnType<unknown, string, never>;
  at: ColumnType<Date, Date, never>;
};

/**
 * Waits for whoever does the same operation now; the answer that it had, if it was done before. 'revoked' where the turn that asks was
 * taken away; otherwise it cannot be until this transaction ends.
 */
export async function lockIdempotencyKey(
  trx: Trx,
  key: string,
  turn: string | undefined,
): Promise<{ outcome: unknown } | 'revoked' | undefined> {
  await takeLocks(trx, key, turn);
  // A statement of its own: it sees what was committed while we waited for the locks.
  if (turn === undefined) return trx.selectFrom('idempotencyKeys').select('outcome').where('key', '=', key).executeTakeFirst();
  const { rows } = await sql<{ done: boolean; outcome: unknown; revoked: boolean }>`
    select o.key is not null as done, o.outcome, r.token is not null as revoked
    from (select) as one left join idempotency_keys o on o.key = ${key} left join revoked_turns r on r.token = ${turn}
  `.execute(trx);
  const [found] = rows;
  if (found?.revoked) return 'revoked';
  return found?.done ? { outcome: found.outcome } : undefined;
}

async function takeLocks(trx: Trx, key: string, turn: string | undefined): Promise<void> {
  const whole = exclusiveLockSql('operation', key);
  if (turn === undefined) await sql`select ${whole}`.execute(trx);
  else await sql`select ${whole}, ${sharedLockSql('turn', turn)}`.execute(trx);
}

export async function insertIdempotencyKey(trx: Trx, key: string, outcome: unknown, at: Date): Promise<void> {
  await trx
    .insertInto('idempotencyKeys')
    .values({ key, outcome: JSON.stringify(outcome), at })
    .execute();
}

/** Forgets answers older than `before`: a messenger repeats an update for a day at most. */
export async function deleteOldIdempotencyKeys(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('idempotencyKeys').where('at', '<', before).execute();
}

/** Forgets what one person was answered: the outcomes may name a login. */
export async function deleteIdempotencyKeysOf(trx: Trx, messengerId: string): Promise<void> {
  await trx
    .deleteFrom('idempotencyKeys')
    .where(sql<boolean>`starts_with(key, ${`${messengerId}/`})`)
    .execute();
}
