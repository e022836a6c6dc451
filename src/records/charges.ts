import { type Generated, type Selectable, sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * What one supplier charged an account for one service in one month.
 * Benefit and paid are positive and subtract: opening + charged + recalculated − benefit + penalty − paid = due, unless billing says otherwise; `due_kopecks` is its word.
 */
export type ChargesTable = {
  account: string;
  /** The month's first day, `YYYY-MM-DD`. */
  period: string;
  /** Empty where the registry names none. */
  supplier: Generated<string>;
  service: string;
  opening_kopecks: number;
  charged_kopecks: number;
  recalculated_kopecks: Generated<number>;
  /** Why it was recalculated. */
  grounds: string | null;
  benefit_kopecks: Generated<number>;
  penalty_kopecks: Generated<number>;
  paid_kopecks: Generated<number>;
  due_kopecks: number;
  /** Volume, tariff and norm are decimals as text. */
  volume: string | null;
  unit: string | null;
  tariff: string | null;
  norm: string | null;
  /** The import that wrote the row last; null: none of those that can be undone. */
  import_id: Generated<number | null>;
};

/** The rows of the latest period that an account was charged for; none when it never was. */
export async function listLatestCharges(
  db: Db,
  account: string,
): Promise<{ period: string; service: string; due_kopecks: number; penalty_kopecks: number }[]> {
  return db
    .selectFrom('charges')
    .where('account', '=', account)
    .where('period', '=', (e) =>
      e
        .selectFrom('charges')
        .where('account', '=', account)
        .select((m) => m.fn.max('period').as('period')),
    )
    .select(['period', 'service', 'due_kopecks', 'penalty_kopecks'])
    .orderBy('supplier')
    .orderBy('service')
    .execute();
}

/** The months that an account was charged for, as their first days, newest first. */
export async function listChargedMonths(db: Db, account: string): Promise<string[]> {
  const rows = await db
    .selectFrom('charges')
    .where('account', '=', account)
    .select('period')
    .distinct()
    .orderBy('period', 'desc')
    .execute();
  return rows.map(({ period }) => period);
}

/** An account's rows of the months from one to another (their first days, both counted), newest first. */
export async function listChargesBetween(db: Db, account: string, from: string, to: string): Promise<Selectable<ChargesTable>[]> {
  return db
    .selectFrom('charges')
    .selectAll()
    .where('account', '=', account)
    .where('period', '>=', from)
    .where('period', '<=', to)
    .orderBy('period', 'desc')
    .orderBy('supplier')
    .orderBy('service')
    .execute();
}

export type MonthTotals = {
  /** The month's first day. */
  period: string;
  /** Charged and recalculated, less benefits; without the penalty. */
  charged: number;
  penalty: number;
};

/** All that an account was charged in each month from one on (its first day), in kopecks, oldest first. */
export async function listMonthTotals(db: Db, account: string, from: string): Promise<MonthTotals[]> {
  return db
    .selectFrom('charges')
    .where('account', '=', account)
    .where('period', '>=', from)
    .select([
      'period',
      sql<number>`sum(charged_kopecks + recalculated_kopecks - benefit_kopecks)::bigint`.as('charged'),
      sql<number>`sum(penalty_kopecks)::bigint`.as('penalty'),
    ])
    .groupBy('period')
    .orderBy('period')
    .execute();
}
