import type { Db } from '../../src/records/database.ts';

/** What staff are told of troubles: a card for each request that is none of a resident's, from the oldest. */
export async function listCards(db: Db) {
  const rows = await db
    .selectFrom('requests')
    .select(['kind', 'account', 'words', 'state'])
    .where('kind', '!=', 'request')
    .orderBy('number')
    .execute();
  return rows.map(({ kind, ...card }) => ({ text: `staff-${kind}`, ...card }));
}
