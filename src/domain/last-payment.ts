import type { LocalDay } from './local-day.ts';
import type { Kopecks } from './money.ts';

/** A row of a registry of payments; a sum below zero takes a payment back. */
export type BookedPayment = { day: LocalDay; sumKopecks: Kopecks; source: string | null; operation: string };

/**
 * The last day on which anything was paid that was not taken back since, and how much of that is left. A reversal takes back the payment of its
 * own number, else the newest before it of the very sum, else the newest before it.
 */
export function lastPaymentOf(payments: readonly BookedPayment[]): { day: LocalDay; sumKopecks: Kopecks } | undefined {
  const inTurn = payments.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const paid = inTurn
    .filter(({ sumKopecks }) => sumKopecks > 0)
    .map((payment) => ({ ...payment, leftKopecks: payment.sumKopecks }));

  for (const reversal of inTurn.filter(({ sumKopecks }) => sumKopecks < 0)) {
    let toTakeKopecks = -reversal.sumKopecks;
    const take = (from: (typeof paid)[number]) => {
      const takenKopecks = Math.min(from.leftKopecks, toTakeKopecks);
      from.leftKopecks -= takenKopecks;
      toTakeKopecks -= takenKopecks;
    };
    paid.filter(({ source, operation }) => source === reversal.source && operation === reversal.operation).forEach(take);
    const before = paid.filter(({ day }) => day <= reversal.day).toReversed();
    const alike = before.find(({ leftKopecks }) => leftKopecks === toTakeKopecks);
    if (alike) take(alike);
    before.forEach(take);
  }

  const last = paid.findLast(({ leftKopecks }) => leftKopecks > 0);
  if (!last) return undefined;
  const ofThatDay = paid.filter(({ day }) => day === last.day);
  return { day: last.day, sumKopecks: ofThatDay.reduce((sum, { leftKopecks }) => sum + leftKopecks, 0) };
}
