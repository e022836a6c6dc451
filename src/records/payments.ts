import { type Generated, type GeneratedAlways, type Selectable, sql } from 'kysely';
import { type Period, periodOf } from '../domain/period.ts';
import type { Db } from './database.ts';

/**
 * A payment that billing has posted, or its reversal. `source` and `operation` together are a payment's key, and its reversal may have the
 * same: that is a row of its own, whatever order they come in and however often.
 */
export type PaymentsTable = {
  source: Generated<string>;
  operation: string;
  account: string;
  /** `YYYY-MM-DD`. */
  day: string;
  /** Never 0; negative is a reversal. */
  sumKopecks: number;
  /** Whether the sum is negative; the base sees to it. */
  reversal: Generated<boolean>;
  /** Grows in the order in which payments came in. */
  entry: GeneratedAlways<number>;
  /** The import that wrote the row last; null: none of those that can be undone. */
  importId: Generated<number | null>;
};

/**
 * The last month (its first day) in which anything was paid for an account, before `before` when that is given, and how much in all; only what
 * was paid later than the day `after` counts. Reversals are taken off; a month of which nothing is left has no payments.
 */
export async function findLastPaidMonth(
  db: Db,
  account: string,
  { before, after }: { before?: string | undefined; after?: string | undefined },
): Promise<{ month: string; sum: number } | undefined> {
  const month = sql<string>`date_trunc('month', day)::date`;
  const sum = sql<number>`sum(sum_kopecks)::bigint`;
  return db
    .selectFrom('payments')
    .where('account', '=', account)
    .where('day', '<', before ?? 'infinity')
    .where('day', '>', after ?? '-infinity')
    .select([month.as('month'), sum.as('sum')])
    .groupBy(month)
    .having(sum, '>', 0)
    .orderBy('month', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What was paid for an account from a day on, less reversals. */
export async function sumPaidFrom(db: Db, account: string, day: string): Promise<number> {
  const row = await db
    .selectFrom('payments')
    .where('account', '=', account)
    .where('day', '>=', day)
    .select(sql<number>`coalesce(sum(sum_kopecks), 0)::bigint`.as('sum'))
    .executeTakeFirstOrThrow();
  return row.sum;
}

/** The months in which anything was paid for an account, newest first. */
export async function listPaidMonths(db: Db, account: string): Promise<Period[]> {
  const month = sql<string>`date_trunc('month', day)::date`.as('month');
  const rows = await db
    .selectFrom('payments')
    .where('account', '=', account)
    .select(month)
    .distinct()
    .orderBy('month', 'desc')
    .execute();
  return rows.map((row) => periodOf(row.month));
}

/** What was paid for an account from a day on and before another one, newest first. */
export async function listPaymentsBetween(
  db: Db,
  account: string,
  from: string,
  before: string,
): Promise<Pick<Selectable<PaymentsTable>, 'day' | 'sumKopecks' | 'source' | 'operation'>[]> {
  return db
    .selectFrom('payments')
    .where('account', '=', account)
    .where('day', '>=', from)
    .where('day', '<', before)
    .select(['day', 'sumKopecks', 'source', 'operation'])
    .orderBy('day', 'desc')
    .orderBy('source')
    .orderBy('operation')
    .execute();
}
