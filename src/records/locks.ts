import { type RawBuilder, sql } from 'kysely';
import type { Trx } from './database.ts';

/**
 * The seeds of all advisory locks. Each kind of thing has its own, so that no two kinds ever share a key; the key of one thing within its
 * kind is text. All are held until the transaction ends.
 */
const SEEDS = {
  registries: 0,
  operation: 1,
  identities: 2,
  escalation: 3,
  rateLimit: 4,
  sumGuesses: 5,
  guestLookups: 6,
  passwordTries: 7,
  readings: 8,
  sms: 9,
  exportNumber: 10,
  announcementNumber: 11,
  newsScans: 12,
  turn: 13,
  inboxClaim: 14,
  checkouts: 15,
  linking: 16,
} as const;

export type LockName = keyof typeof SEEDS;

const keyOf = (name: LockName, key: string) => sql`hashtextextended(${key}, ${sql.lit(SEEDS[name])})`;

/** The call that waits for a lock, for a statement that does more than that. */
export const exclusiveLockSql = (name: LockName, key = ''): RawBuilder<unknown> =>
  sql`pg_advisory_xact_lock(${keyOf(name, key)})`;
export const sharedLockSql = (name: LockName, key = ''): RawBuilder<unknown> =>
  sql`pg_advisory_xact_lock_shared(${keyOf(name, key)})`;

/** Waits until nobody else holds it. */
export async function lock(trx: Trx, name: LockName, key = ''): Promise<void> {
  await sql`select ${exclusiveLockSql(name, key)}`.execute(trx);
}

/** Waits until nobody holds it exclusively. */
export async function lockShared(trx: Trx, name: LockName, key = ''): Promise<void> {
  await sql`select ${sharedLockSql(name, key)}`.execute(trx);
}

/** All of these, in the order of `keys`: whoever locks several of a kind must always name them in the same order. */
export async function lockEach(trx: Trx, name: LockName, keys: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(key, ${sql.lit(SEEDS[name])})) from unnest(${[...keys]}::text[]) key
  `.execute(trx);
}

/** False, at once, where somebody else holds it. */
export async function tryLock(trx: Trx, name: LockName): Promise<boolean> {
  return isTaken(trx, sql`pg_try_advisory_xact_lock(${keyOf(name, '')})`);
}

/** False, at once, where somebody holds it exclusively. */
export async function tryLockShared(trx: Trx, name: LockName): Promise<boolean> {
  return isTaken(trx, sql`pg_try_advisory_xact_lock_shared(${keyOf(name, '')})`);
}

async function isTaken(trx: Trx, call: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select ${call} as taken`.execute(trx);
  return rows[0]?.taken === true;
}
