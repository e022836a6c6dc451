import type { Charge } from './charge.ts';
import type { Kopecks } from './money.ts';
import { type Period, shiftPeriod } from './period.ts';

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

/** What a sum that is owed comes to: above zero a debt, below an overpayment. Texts choose by it. */
export function balanceOf(owedKopecks: Kopecks): 'debt' | 'overpaid' | 'even' {
  if (owedKopecks === 0) return 'even';
  return owedKopecks > 0 ? 'debt' : 'overpaid';
}

/** What is owed in all: «К оплате» of the latest period less what was paid from the day after it. */
export function totalOwed({ dueKopecks, paidSinceKopecks }: { dueKopecks: Kopecks; paidSinceKopecks: Kopecks }): Kopecks {
  return dueKopecks - paidSinceKopecks;
}

/** What is offered to be paid: what is owed less what is taken off it («в пути», or paid and in no charges yet), never below zero. */
export function offeredOf({ totalKopecks, deductedKopecks }: { totalKopecks: Kopecks; deductedKopecks: Kopecks }): Kopecks {
  return Math.max(0, totalKopecks - deductedKopecks);
}

/** The debt from the charges of an account's latest period and the registry payments dated after it (net of reversals). */
export function calculateDebt(
  charges: readonly Pick<Charge, 'service' | 'dueKopecks' | 'penaltyKopecks'>[],
  paidSinceKopecks: Kopecks,
): Debt {
  const services = new Map<string, Kopecks>();
  let penaltyKopecks = 0;
  let dueKopecks = 0;
  for (const charge of charges) {
    // Suppliers of one service are one line.
    services.set(charge.service, (services.get(charge.service) ?? 0) + charge.dueKopecks - charge.penaltyKopecks);
    penaltyKopecks += charge.penaltyKopecks;
    dueKopecks += charge.dueKopecks;
  }
  return {
    services: [...services].map(([service, sumKopecks]) => ({ service, sumKopecks })),
    penaltyKopecks,
    paidSinceKopecks,
    totalKopecks: totalOwed({ dueKopecks, paidSinceKopecks }),
  };
}

/** The first day after a period, `YYYY-MM-DD`: payments from this day on are dated after it. */
export function dayAfter(period: Period): string {
  return `${shiftPeriod(period, 1)}-01`;
}
