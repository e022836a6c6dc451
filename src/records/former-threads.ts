import type { Db, Trx } from './database.ts';

/** Where a request was talked about before: people go on writing in what is still on their screens. */
export type FormerThreadsTable = { thread: string; requestId: string; at: Date };

/** The request is talked about elsewhere from now on. */
export async function saveFormerThread(trx: Trx, thread: string, requestId: string, now: Date): Promise<void> {
  await trx
    .insertInto('formerThreads')
    .values({ thread, requestId, at: now })
    .onConflict((c) => c.column('thread').doUpdateSet({ requestId, at: now }))
    .execute();
}

/** The id of the request that was talked about there. */
export async function findRequestOfFormerThread(db: Db, thread: string): Promise<string | undefined> {
  const former = await db.selectFrom('formerThreads').select('requestId').where('thread', '=', thread).executeTakeFirst();
  return former?.requestId;
}
