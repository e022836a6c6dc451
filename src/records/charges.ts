import { type Generated, sql } from 'kysely';
import { type Charge, CHARGE_SUMS, CHARGE_WORDS, type ChargeSums } from '../domain/charge.ts';
import { firstDay, type Period, periodOf } from '../domain/period.ts';
import type { Db } from './database.ts';
import { findDataDayQuery } from './registries/imports.ts';

/** Sums that a charge cannot be without; the others are 0 where the registry has none. */
type Needed = 'openingKopecks' | 'chargedKopecks' | 'dueKopecks';

/**
 * What one supplier charged an account for one service in one month.
 * Benefit and paid are positive and subtract: opening + charged + recalculated − benefit + penalty − paid = due, unless billing says otherwise; `dueKopecks` is its word.
 */
export type ChargesTable = Omit<Charge, 'period' | 'supplier' | Exclude<keyof ChargeSums, Needed>> & {
  [Sum in Exclude<keyof ChargeSums, Needed>]: Generated<number>;
} & {
  account: string;
  /** The month's first day, `YYYY-MM-DD`. */
  period: string;
  /** Empty where the registry names none. */
  supplier: Generated<string>;
  /** The import that wrote the row last; null: none of those that can be undone. */
  importId: Generated<number | null>;
};

/** How a row leaves this room: what `domain` calls a charge. */
export const CHARGE_COLUMNS = [
  sql<Period>`to_char(charges.period, 'YYYY-MM')`.as('period'),
  'charges.supplier',
  'charges.service',
  ...[...CHARGE_SUMS, ...CHARGE_WORDS].map((column) => `charges.${column}` as const),
] as const;

export type NewestCharges = {
  charges: Charge[];
  /** What was paid since the newest of their months, less reversals. */
  paidSinceKopecks: number;
  /** The day that the data on payments are of. */
  paymentsDay: string | null;
};

/** What accounts were charged in their newest month, and in so many before it; newest first. One that never was is not among them. */
export async function listNewestCharges(
  db: Db,
  accounts: readonly string[],
  monthsBefore: number,
): Promise<Map<string, NewestCharges>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .innerJoinLateral(
      (e) =>
        e
          .selectFrom('charges as c')
          .whereRef('c.account', '=', 'accounts.number')
          .select((m) => m.fn.max('c.period').as('month'))
          .as('newest'),
      (join) => join.onTrue(),
    )
    .innerJoin('charges', (join) =>
      join
        .onRef('charges.account', '=', 'accounts.number')
        .on('charges.period', '>=', sql<string>`newest.month - make_interval(months => ${monthsBefore})`),
    )
    .innerJoinLateral(
      (e) =>
        e
          .selectFrom('payments')
          .whereRef('payments.account', '=', 'accounts.number')
          .where('day', '>=', sql<string>`newest.month + interval '1 month'`)
          .select(sql<number>`coalesce(sum(sum_kopecks), 0)::bigint`.as('sum'))
          .as('paid'),
      (join) => join.onTrue(),
    )
    .where('accounts.number', 'in', accounts)
    .select(['accounts.number', 'paid.sum', findDataDayQuery('payments').as('day'), ...CHARGE_COLUMNS])
    .orderBy('charges.period', 'desc')
    .orderBy('supplier')
    .orderBy('service')
    .execute();
  const newest = new Map<string, NewestCharges>();
  for (const { number, sum, day, ...charge } of rows) {
    const own = newest.get(number) ?? { charges: [], paidSinceKopecks: sum, paymentsDay: day };
    own.charges.push(charge);
    newest.set(number, own);
  }
  return newest;
}

/** The months that an account was charged for, newest first. */
export async function listChargedMonths(db: Db, account: string): Promise<Period[]> {
  const rows = await db
    .selectFrom('charges')
    .where('account', '=', account)
    .select('period')
    .distinct()
    .orderBy('period', 'desc')
    .execute();
  return rows.map(({ period }) => periodOf(period));
}

/** An account's charges of the months from one to another, both counted, newest first. */
export async function listChargesBetween(db: Db, account: string, from: Period, to: Period): Promise<Charge[]> {
  return db
    .selectFrom('charges')
    .select(CHARGE_COLUMNS)
    .where('account', '=', account)
    .where('charges.period', '>=', firstDay(from))
    .where('charges.period', '<=', firstDay(to))
    .orderBy('charges.period', 'desc')
    .orderBy('supplier')
    .orderBy('service')
    .execute();
}
