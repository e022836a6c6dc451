import { type ColumnType, type Generated, sql } from 'kysely';
import type { Trx } from './database.ts';

/** What the bot has told staff of its own accord; a trouble that goes on is one row that counts. */
export type EscalationsTable = {
  id: Generated<number>;
  kind: string;
  /** Tells the same trouble from another of its kind; null: each one is told. */
  key: string | null;
  account: string | null;
  words: ColumnType<Record<string, string | number>, string, never>;
  times: Generated<number>;
  first_at: Date;
  last_at: Date;
};

/** Waits for whoever tells the same trouble now, then finds when it was told last and how often it has happened since. */
export async function lastEscalation(
  trx: Trx,
  kind: string,
  key: string,
): Promise<{ id: number; times: number; first_at: Date } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`escalation/${kind}/${key}`}, 2))`.execute(trx);
  return trx
    .selectFrom('escalations')
    .select(['id', 'times', 'first_at'])
    .where('kind', '=', kind)
    .where('key', '=', key)
    .orderBy('first_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Counts one more time of a trouble that has been told. */
export async function countEscalation(trx: Trx, id: number, now: Date): Promise<void> {
  await trx
    .updateTable('escalations')
    .set((e) => ({ times: e('times', '+', 1), last_at: now }))
    .where('id', '=', id)
    .execute();
}

/** Writes a trouble down; answers its id. */
export async function insertEscalation(
  trx: Trx,
  row: { kind: string; key: string | null; account: string | null; words: Record<string, string | number> },
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('escalations')
    .values({ ...row, words: JSON.stringify(row.words), first_at: now, last_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
