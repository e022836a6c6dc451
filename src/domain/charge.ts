import { groupBy } from './group-by.ts';
import type { Kopecks } from './money.ts';
import type { Period } from './period.ts';

/** The money of charges, as billing's registry has it: benefit and paid are positive and subtract; `dueKopecks` is billing's «К оплате». */
export const CHARGE_SUMS = [
  'openingKopecks',
  'chargedKopecks',
  'recalculatedKopecks',
  'benefitKopecks',
  'penaltyKopecks',
  'paidKopecks',
  'dueKopecks',
] as const;
export type ChargeSums = Record<(typeof CHARGE_SUMS)[number], Kopecks>;

/** What a charge says besides; null where billing does not. `grounds`: why it was recalculated. Volume, tariff and norm are decimals as text. */
export const CHARGE_WORDS = ['grounds', 'volume', 'unit', 'tariff', 'norm'] as const;
type ChargeWords = Record<(typeof CHARGE_WORDS)[number], string | null>;

/** What one supplier charged an account for one service in one month. Below zero is in the resident's favour. */
export type Charge = ChargeSums &
  ChargeWords & {
    period: Period;
    /** Empty where the registry names none. */
    supplier: string;
    service: string;
  };

/** The charges of a service, added up. */
export type ServiceSums = ChargeSums & { service: string };

/** Each sum added up. Opening and due add up over services of one month, never over months. */
export function addSums(rows: readonly ChargeSums[]): ChargeSums {
  const total = Object.fromEntries(CHARGE_SUMS.map((sum) => [sum, 0])) as ChargeSums;
  for (const row of rows) for (const sum of CHARGE_SUMS) total[sum] += row[sum];
  return total;
}

/** What a month adds to the debt: charged with recalculations and penalty, less benefits. */
export function accruedOf({
  chargedKopecks,
  recalculatedKopecks,
  benefitKopecks,
  penaltyKopecks,
}: Pick<ChargeSums, 'chargedKopecks' | 'recalculatedKopecks' | 'benefitKopecks' | 'penaltyKopecks'>): Kopecks {
  return chargedKopecks + recalculatedKopecks - benefitKopecks + penaltyKopecks;
}

/** «К оплате» as the other sums have it; billing's own is `dueKopecks`, which may be another where billing errs. */
export function dueBySums(sums: Omit<ChargeSums, 'dueKopecks'>): Kopecks {
  return sums.openingKopecks + accruedOf(sums) - sums.paidKopecks;
}

/** Suppliers of one service are one line, in the order in which services first come. */
export function sumServices(rows: readonly Charge[]): ServiceSums[] {
  return [...groupBy(rows, ({ service }) => service)].map(([service, own]) => ({ service, ...addSums(own) }));
}
