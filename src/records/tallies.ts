import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';

/** Things that are counted over a time to keep a limit: one row each. */
export type TalliesTable = {
  id: Generated<string>;
  kind: TallyKind;
  /** Whom or what it is counted for; a person's, a fingerprint. */
  subject: string;
  at: ColumnType<Date, Date, never>;
};

export type TallyKind = 'login-question' | 'code-failure' | 'round-sum' | 'request' | 'request-message' | 'edit-refused';

/** Waits for whoever counts for this subject now. */
export async function lockTally(trx: Trx, kind: TallyKind, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}/${subject}`}, 3))`.execute(trx);
}

export async function addTally(trx: Trx, kind: TallyKind, subject: string, at: Date): Promise<void> {
  await trx.insertInto('tallies').values({ kind, subject, at }).execute();
}

/** When each of them happened after `since`, from the newest; at most `limit`. */
export async function listTallies(trx: Db | Trx, kind: TallyKind, subject: string, since: Date, limit: number): Promise<Date[]> {
  const rows = await trx
    .selectFrom('tallies')
    .select('at')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.at);
}

export async function forgetTallies(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('tallies').where('at', '<=', before).execute();
}
