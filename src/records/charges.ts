import type { Generated } from 'kysely';
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
