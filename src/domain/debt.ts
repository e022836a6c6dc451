import type { Kopecks } from './money.ts';
import { type Period, shiftPeriod } from './period.ts';

/** A row of charges, as far as the debt needs it. `dueKopecks` is billing's «К оплате»; it includes the penalty. */
export type DueRow = { service: string; dueKopecks: Kopecks; penaltyKopecks: Kopecks };

/**
 * What is owed by services without the penalty, the penalty apart, what was paid since, and the total. Sums below zero are
 * overpayments; `services + penalty − paidSince = total` always.
 */
export type Debt = {
  services: readonly { service: string; sumKopecks: Kopecks }[];
  penaltyKopecks: Kopecks;
  paidSinceKopecks: Kopecks;
  totalKopecks: Kopecks;
};

/** The debt from the rows of an account's latest period and the registry payments dated after it (net of reversals). */
export function calculateDebt(rows: readonly DueRow[], paidSinceKopecks: Kopecks): Debt {
  const services = new Map<string, Kopecks>();
  let penaltyKopecks = 0;
  let dueKopecks = 0;
  for (const row of rows) {
    // Suppliers of one service are one line.
    services.set(row.service, (services.get(row.service) ?? 0) + row.dueKopecks - row.penaltyKopecks);
    penaltyKopecks += row.penaltyKopecks;
    dueKopecks += row.dueKopecks;
  }
  return {
    services: [...services].map(([service, sumKopecks]) => ({ service, sumKopecks })),
    penaltyKopecks,
    paidSinceKopecks,
    totalKopecks: dueKopecks - paidSinceKopecks,
  };
}

/** The first day after a period, `YYYY-MM-DD`: payments from this day on are dated after it. */
export function dayAfter(period: Period): string {
  return `${shiftPeriod(period, 1)}-01`;
}
