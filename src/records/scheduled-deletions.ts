import type { Db, Trx } from './database.ts';
import { insertIntoOutbox } from './outbox.ts';

/** Has a message of ours (`telegram:701/55`) taken out of its chat at `runAt`, if and only if the transaction commits; with the same key, once. */
export async function insertScheduledDeletion(
  trx: Trx,
  { message, key, addressee, runAt }: { message: string; key: string; addressee: string; runAt: Date },
  now: Date,
): Promise<void> {
  // Its own line: it waits for nothing, and nothing for it.
  await insertIntoOutbox(trx, [{ kind: 'deletion', line: message, addressee, message, key, runAt }], now);
}

/** Whether a message of ours is one that is to go, and still stands where it is. */
export async function hasScheduledDeletion(db: Db, message: string): Promise<boolean> {
  const found = await db
    .selectFrom('outbox')
    .select('id')
    .where('line', '=', message)
    .where('kind', '=', 'deletion')
    .where('doneAt', 'is', null)
    .where('failedAt', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}
