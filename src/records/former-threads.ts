import type { Db, Trx } from './database.ts';

/**
 * Where else a request is talked about than in its thread or under its card: where it was before, as people go on writing in what is still on their
 * screens, and in a group without threads under what the bot said of it.
 */
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
