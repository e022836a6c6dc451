import type { Db, Trx } from './database.ts';

/** People to whose requests staff do not listen for a while, or at all. */
export type SilencedTable = { messengerId: string; until: Date | null; by: string; at: Date };

/** Until when staff do not listen to any of these messenger accounts, the latest; `until` is null where it has no end. */
export async function findSilence(
  db: Db,
  messengerIds: readonly string[],
  now: Date,
): Promise<{ until: Date | null } | undefined> {
  return db
    .selectFrom('silenced')
    .select('until')
    .where('messengerId', 'in', messengerIds)
    .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
    .orderBy('until', (order) => order.desc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
}

/** From now on staff do not listen to this person; `until` null: without an end. */
export async function saveSilence(trx: Trx, messengerId: string, until: Date | null, by: string, now: Date): Promise<void> {
  const row = { until, by, at: now };
  await trx
    .insertInto('silenced')
    .values({ messengerId, ...row })
    .onConflict((c) => c.column('messengerId').doUpdateSet(row))
    .execute();
}

/** Staff listen to these again; false when they did already. */
export async function deleteSilences(trx: Trx, messengerIds: readonly string[]): Promise<boolean> {
  const lifted = await trx.deleteFrom('silenced').where('messengerId', 'in', messengerIds).returning('messengerId').execute();
  return lifted.length > 0;
}
