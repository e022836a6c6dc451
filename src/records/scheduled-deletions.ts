import { type ColumnType, type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A message of ours that is taken out of its chat at a time, surely; `message` is its chat and number: `telegram:701/55`. */
export type ScheduledDeletionsTable = {
  id: GeneratedAlways<number>;
  message: string;
  key: string;
  addressee: string;
  created_at: ColumnType<Date, Date, never>;
  run_at: Date;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  locked_until: Generated<Date | null>;
  attempts: Generated<number>;
  done_at: Generated<Date | null>;
  failed_at: Generated<Date | null>;
  last_error: Generated<string | null>;
};

export type ScheduledDeletion = Pick<Selectable<ScheduledDeletionsTable>, 'id' | 'message' | 'addressee' | 'attempts'>;

/** Has a message taken away at `runAt`, if and only if the transaction commits. */
export async function insertScheduledDeletion(
  trx: Trx,
  scheduledDeletion: { message: string; key: string; addressee: string; runAt: Date },
  now: Date,
): Promise<void> {
  const { message, key, addressee, runAt } = scheduledDeletion;
  await trx
    .insertInto('scheduled_deletions')
    .values({ message, key, addressee, created_at: now, run_at: runAt })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Whether a scheduled deletion with this key was ever put in line. */
export async function hasScheduledDeletion(db: Db, key: string): Promise<boolean> {
  return (await db.selectFrom('scheduled_deletions').select('id').where('key', '=', key).executeTakeFirst()) !== undefined;
}

/** Takes up to `limit` that are due, oldest first, for this worker alone until `until`; of each addressee one, none of `resting`. */
export async function claimScheduledDeletions(
  db: Db,
  { limit, resting, until }: { limit: number; resting: readonly string[]; until: Date },
  now: Date,
): Promise<ScheduledDeletion[]> {
  const { rows } = await sql<ScheduledDeletion>`
    update scheduled_deletions set locked_until = ${until}
    where id in (
      select id from scheduled_deletions e
      where done_at is null and failed_at is null and run_at <= ${now} and (locked_until is null or locked_until <= ${now})
        and addressee <> all(${[...resting]}::text[])
        and not exists (
          select from scheduled_deletions earlier
          where earlier.addressee = e.addressee and earlier.id < e.id and earlier.done_at is null and earlier.failed_at is null
            and earlier.run_at <= ${now}
        )
      order by id limit ${limit}
      for update skip locked
    )
    returning id, message, addressee, attempts`.execute(db);
  return rows.toSorted((a, b) => a.id - b.id);
}

/** How many are due and at no end. */
export async function countScheduledDeletionsWaiting(db: Db, now: Date): Promise<number> {
  const { waiting } = await db
    .selectFrom('scheduled_deletions')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('run_at', '<=', now)
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return waiting;
}

/** It is out of the chat. */
export async function markErased(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('scheduled_deletions').set({ done_at: now, locked_until: null }).where('id', '=', id).execute();
}

/** Puts one back as if it had not been taken. */
export async function updateScheduledDeletionReleased(db: Db, id: number): Promise<void> {
  await db.updateTable('scheduled_deletions').set({ locked_until: null }).where('id', '=', id).execute();
}

/** An attempt failed; there will be another one. */
export async function updateScheduledDeletionPostponed(db: Db, id: number, until: Date): Promise<void> {
  await db
    .updateTable('scheduled_deletions')
    .set((e) => ({ attempts: e('attempts', '+', 1), run_at: until, locked_until: null }))
    .where('id', '=', id)
    .execute();
}

export async function markScheduledDeletionFailed(db: Db, id: number, reason: string, now: Date): Promise<void> {
  await db
    .updateTable('scheduled_deletions')
    .set({ failed_at: now, last_error: reason, locked_until: null })
    .where('id', '=', id)
    .execute();
}

/** Forgets those older than `before` that have come to their end. */
export async function deleteOldScheduledDeletions(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('scheduled_deletions')
    .where('created_at', '<', before)
    .where((e) => e.or([e('done_at', 'is not', null), e('failed_at', 'is not', null)]))
    .execute();
}
