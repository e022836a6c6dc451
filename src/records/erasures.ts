import { type ColumnType, type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** A message of ours that is taken out of its chat at a time, surely; `message` is its chat and number: `telegram:701/55`. */
export type ErasuresTable = {
  id: GeneratedAlways<number>;
  message: string;
  key: string;
  addressee: string;
  created_at: ColumnType<Date, Date, never>;
  not_before: Date;
  /** Until then a worker holds it; a worker that died lets go by the mere passing of time. */
  taken_until: Generated<Date | null>;
  attempts: Generated<number>;
  done_at: Generated<Date | null>;
  failed_at: Generated<Date | null>;
  failed_reason: Generated<string | null>;
};

export type Erasure = Pick<Selectable<ErasuresTable>, 'id' | 'message' | 'addressee' | 'attempts'>;

/** Has a message taken away at `notBefore`, if and only if the transaction commits. */
export async function insertErasure(
  trx: Trx,
  erasure: { message: string; key: string; addressee: string; notBefore: Date },
  now: Date,
): Promise<void> {
  const { message, key, addressee, notBefore } = erasure;
  await trx
    .insertInto('erasures')
    .values({ message, key, addressee, created_at: now, not_before: notBefore })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Whether an erasure with this key was ever put in line. */
export async function hasErasure(db: Db, key: string): Promise<boolean> {
  return (await db.selectFrom('erasures').select('id').where('key', '=', key).executeTakeFirst()) !== undefined;
}

/** Takes up to `limit` that are due, oldest first, for this worker alone until `until`; of each addressee one, none of `resting`. */
export async function claimErasures(
  db: Db,
  { limit, resting, until }: { limit: number; resting: readonly string[]; until: Date },
  now: Date,
): Promise<Erasure[]> {
  const { rows } = await sql<Erasure>`
    update erasures set taken_until = ${until}
    where id in (
      select id from erasures e
      where done_at is null and failed_at is null and not_before <= ${now} and (taken_until is null or taken_until <= ${now})
        and addressee <> all(${[...resting]}::text[])
        and not exists (
          select from erasures earlier
          where earlier.addressee = e.addressee and earlier.id < e.id and earlier.done_at is null and earlier.failed_at is null
            and earlier.not_before <= ${now}
        )
      order by id limit ${limit}
      for update skip locked
    )
    returning id, message, addressee, attempts`.execute(db);
  return rows.toSorted((a, b) => a.id - b.id);
}

/** How many are due and at no end. */
export async function countErasuresWaiting(db: Db, now: Date): Promise<number> {
  const { waiting } = await db
    .selectFrom('erasures')
    .where('done_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('not_before', '<=', now)
    .select((e) => e.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return waiting;
}

/** It is out of the chat. */
export async function markErased(db: Db, id: number, now: Date): Promise<void> {
  await db.updateTable('erasures').set({ done_at: now, taken_until: null }).where('id', '=', id).execute();
}

/** Puts one back as if it had not been taken. */
export async function updateErasureReleased(db: Db, id: number): Promise<void> {
  await db.updateTable('erasures').set({ taken_until: null }).where('id', '=', id).execute();
}

/** An attempt failed; there will be another one. */
export async function updateErasurePostponed(db: Db, id: number, until: Date): Promise<void> {
  await db
    .updateTable('erasures')
    .set((e) => ({ attempts: e('attempts', '+', 1), not_before: until, taken_until: null }))
    .where('id', '=', id)
    .execute();
}

export async function markErasureFailed(db: Db, id: number, reason: string, now: Date): Promise<void> {
  await db
    .updateTable('erasures')
    .set({ failed_at: now, failed_reason: reason, taken_until: null })
    .where('id', '=', id)
    .execute();
}

/** Forgets those older than `before` that have come to their end. */
export async function deleteOldErasures(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('erasures')
    .where('created_at', '<', before)
    .where((e) => e.or([e('done_at', 'is not', null), e('failed_at', 'is not', null)]))
    .execute();
}
