import { sql } from 'kysely';
import type { Db, Trx } from '../../src/records/database.ts';

/** Waits until so many statements of this database wait for a lock, or until `rather` comes to its end. */
async function untilWaiting(db: Db, count: number, rather: Promise<unknown>): Promise<void> {
  const end = { come: false };
  void rather.then(
    () => (end.come = true),
    () => (end.come = true),
  );
  const statement = sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while (!end.come && ((await statement.execute(db)).rows[0]?.waiting ?? 0) < count) await new Promise((go) => setTimeout(go, 5));
}

/** `slow` meets a lock that is held until `meanwhile` has come to its end or to a lock of its own; the answers of both. */
export async function meetAtLock<A, B>(
  db: Db,
  hold: (trx: Trx) => Promise<unknown>,
  slow: () => Promise<A>,
  meanwhile: () => Promise<B>,
): Promise<[A, B]> {
  const both = await db.transaction().execute(async (trx) => {
    await hold(trx);
    const first = slow();
    await untilWaiting(db, 1, first);
    const second = meanwhile();
    await untilWaiting(db, 2, second);
    // Wrapped: a promise returned would be waited for inside of the transaction.
    return { first, second };
  });
  return Promise.all([both.first, both.second]);
}
