import type { Generated } from 'kysely';

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
