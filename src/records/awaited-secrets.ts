import type { Db, Trx } from './database.ts';

/** That the next words of a person may be a secret; written when one is asked for, gone with the answer. */
export type AwaitedSecretsTable = { messengerId: string; until: Date };

export async function saveAwaitedSecret(db: Db, messengerId: string, until: Date): Promise<void> {
  await db
    .insertInto('awaitedSecrets')
    .values({ messengerId, until })
    .onConflict((c) => c.column('messengerId').doUpdateSet({ until }))
    .execute();
}

export async function isSecretAwaited(db: Db, messengerId: string, now: Date): Promise<boolean> {
  const found = await db
    .selectFrom('awaitedSecrets')
    .select('until')
    .where('messengerId', '=', messengerId)
    .where('until', '>', now)
    .executeTakeFirst();
  return found !== undefined;
}

export async function deleteAwaitedSecret(db: Db | Trx, messengerId: string): Promise<void> {
  await db.deleteFrom('awaitedSecrets').where('messengerId', '=', messengerId).execute();
}

export async function deleteOldAwaitedSecrets(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('awaitedSecrets').where('until', '<=', now).execute();
}
