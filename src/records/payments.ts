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
