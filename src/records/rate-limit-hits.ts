import { type ColumnType, type Generated, sql } from 'kysely';
import type { Db, Trx } from './database.ts';
import { lockEach } from './locks.ts';

/** Things that are counted over a time to keep a limit: one row each. */
export type RateLimitHitsTable = {
  id: Generated<string>;
  kind: RateLimitKind;
  /** Whom or what it is counted for: a fingerprint, or the messenger account (`telegram:7`) or login (`resident:…`) of who writes to staff. */
  subject: string;
  at: ColumnType<Date, Date, never>;
};

export type RateLimitKind =
  | 'login-question'
  | 'code-failure'
  | 'password-failure'
  | 'sum-failure'
  | 'account-password-failure'
  | 'guest-lookup'
  | 'round-sum'
  | 'request'
  | 'request-message'
  | 'reading-photo'
  | 'edit-refused'
  | 'access-failure';

/** All fingerprints of one subject, under each key in use, the newest first: what was counted under an older key counts. */
export type Subject = readonly string[];

/** Waits for whoever counts for this subject now. */
export async function lockRateLimit(trx: Trx, kind: RateLimitKind, subject: Subject): Promise<void> {
  const names = subject.map((fingerprint) => `${kind}/${fingerprint}`);
  await lockEach(trx, 'rateLimit', names);
}

export async function insertRateLimitHit(trx: Trx, kind: RateLimitKind, subject: Subject, at: Date): Promise<void> {
  await insertRateLimitHits(trx, kind, [subject], true, at);
}

/** Counts for several subjects at once; where it does not count, the base is asked the same and nothing is written. */
export async function insertRateLimitHits(
  trx: Trx,
  kind: RateLimitKind,
  subjects: readonly Subject[],
  counts: boolean,
  at: Date,
): Promise<void> {
  const newest = subjects.map(([fingerprint = '']) => fingerprint);
  await sql`
    insert into rate_limit_hits (kind, subject, at)
    select ${kind}, subject, ${at} from unnest(${newest}::text[]) subject where ${counts}`.execute(trx);
}

/** Takes the newest back: it was none, after all. */
export async function deleteRateLimitHit(trx: Trx, kind: RateLimitKind, subject: Subject): Promise<void> {
  await trx
    .deleteFrom('rateLimitHits')
    .where('id', '=', (e) =>
      e
        .selectFrom('rateLimitHits as t')
        .select((m) => m.fn.max('t.id').as('id'))
        .where('t.kind', '=', kind)
        .where('t.subject', 'in', subject),
    )
    .execute();
}

/** When each of them happened after `since`, from the newest; at most `limit`. */
export async function listRateLimitHits(
  trx: Db | Trx,
  kind: RateLimitKind,
  subject: Subject,
  since: Date,
  limit: number,
): Promise<Date[]> {
  const rows = await trx
    .selectFrom('rateLimitHits')
    .select('at')
    .where('kind', '=', kind)
    .where('subject', 'in', subject)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.at);
}

/** Forgets all that was counted of this kind for these subjects. */
export async function deleteRateLimitHitsOf(trx: Trx, kind: RateLimitKind, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await trx.deleteFrom('rateLimitHits').where('kind', '=', kind).where('subject', 'in', subjects).execute();
}

export async function deleteOldRateLimitHits(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('rateLimitHits').where('at', '<=', before).execute();
}
