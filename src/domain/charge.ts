import { groupBy } from './group-by.ts';
import type { Kopecks } from './money.ts';
import type { Period } from './period.ts';

/** The money of charges, as billing's registry has it: benefit and paid are positive and subtract; `dueKopecks` is billing's «К оплате». */
export type ChargeSums = {
  openingKopecks: Kopecks;
  chargedKopecks: Kopecks;
  recalculatedKopecks: Kopecks;
  benefitKopecks: Kopecks;
  penaltyKopecks: Kopecks;
  paidKopecks: Kopecks;
  dueKopecks: Kopecks;
};

/** What one supplier charged an account for one service in one month. Below zero is in the resident's favour. */
export type Charge = ChargeSums & {
  period: Period;
  /** Empty where the registry names none. */
  supplier: string;
  service: string;
  /** Why it was recalculated. */
  grounds: string | null;
  /** Volume, tariff and norm are decimals as text. */
  volume: string | null;
  unit: string | null;
  tariff: string | null;
  norm: string | null;
};

/** The charges of a service, added up. */
export type ServiceSums = ChargeSums & { service: string };

const NOTHING: ChargeSums = {
  openingKopecks: 0,
  chargedKopecks: 0,
  recalculatedKopecks: 0,
  benefitKopecks: 0,
  penaltyKopecks: 0,
  paidKopecks: 0,
  dueKopecks: 0,
};

/** Each sum added up. Opening and due add up over services of one month, never over months. */
export function addSums(rows: readonly ChargeSums[]): ChargeSums {
  const total = { ...NOTHING };
  for (const row of rows) for (const key of Object.keys(NOTHING) as (keyof ChargeSums)[]) total[key] += row[key];
  return total;
}

/** What a month adds to the debt: charged with recalculations and penalty, less benefits. */
export function accruedOf({
  chargedKopecks,
  recalculatedKopecks,
  benefitKopecks,
  penaltyKopecks,
}: Omit<ChargeSums, 'openingKopecks' | 'paidKopecks' | 'dueKopecks'>): Kopecks {
  return chargedKopecks + recalculatedKopecks - benefitKopecks + penaltyKopecks;
}

/** Suppliers of one service are one line, in the order in which services first come. */
export function sumServices(rows: readonly Charge[]): ServiceSums[] {
  return [...groupBy(rows, ({ service }) => service)].map(([service, own]) => ({ service, ...addSums(own) }));
}
