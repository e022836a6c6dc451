import type { Trx } from './database.ts';
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
