import type { Db } from './database.ts';

/** Until when staff do not listen to any of these messenger accounts, the latest; `until` is null where it has no end. */
export async function findSilence(
  db: Db,
  messengerIds: readonly string[],
  now: Date,
): Promise<{ until: Date | null } | undefined> {
  return db
    .selectFrom('silenced')
    .select('until')
    .where('messenger_id', 'in', messengerIds)
    .where((e) => e.or([e('until', 'is', null), e('until', '>', now)]))
    .orderBy('until', (order) => order.desc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
}
