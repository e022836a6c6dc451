import type { Db, Trx } from './database.ts';

/** That the next words of a person may be a secret; written when one is asked for, gone with the answer. */
export type AwaitedSecretsTable = { messenger_id: string; until: Date };

export async function saveAwaitedSecret(db: Db, messengerId: string, until: Date): Promise<void> {
  await db
    .insertInto('awaited_secrets')
    .values({ messenger_id: messengerId, until })
    .onConflict((c) => c.column('messenger_id').doUpdateSet({ until }))
    .execute();
}

export async function isSecretAwaited(db: Db, messengerId: string, now: Date): Promise<boolean> {
  const found = await db
    .selectFrom('awaited_secrets')
    .select('until')
    .where('messenger_id', '=', messengerId)
    .where('until', '>', now)
    .executeTakeFirst();
  return found !== undefined;
}

export async function deleteAwaitedSecret(db: Db | Trx, messengerId: string): Promise<void> {
  await db.deleteFrom('awaited_secrets').where('messenger_id', '=', messengerId).execute();
}

export async function deleteOldAwaitedSecrets(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('awaited_secrets').where('until', '<=', now).execute();
}
