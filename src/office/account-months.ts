import { dayAfter } from '../domain/debt.ts';
import type { DetailRow } from '../domain/detail.ts';
import type { PaidRow } from '../domain/history.ts';
import { firstDay, type Period, periodOf } from '../domain/period.ts';
import { listChargedMonths, listChargesBetween } from '../records/charges.ts';
import type { Db } from '../records/database.ts';
import { listPaidMonths, listPaymentsBetween } from '../records/payments.ts';

/** What the registries have of an account for the months from one to another, both counted, newest first. */
export type AccountMonths = { charges: DetailRow[]; payments: PaidRow[] };

/** The months that have charges or payments, newest first. */
export async function listMonths(db: Db, account: string): Promise<Period[]> {
  const days = [...(await listChargedMonths(db, account)), ...(await listPaidMonths(db, account))];
  return [...new Set(days.map(periodOf))].sort().toReversed();
}

export async function readMonths(db: Db, account: string, from: Period, to: Period): Promise<AccountMonths> {
  const charges = await listChargesBetween(db, account, firstDay(from), firstDay(to));
  const payments = await listPaymentsBetween(db, account, firstDay(from), dayAfter(to));
  return {
    charges: charges.map((row) => ({
      period: periodOf(row.period),
      service: row.service,
      supplier: row.supplier,
      openingKopecks: row.opening_kopecks,
      chargedKopecks: row.charged_kopecks,
      recalculatedKopecks: row.recalculated_kopecks,
      grounds: row.grounds,
      benefitKopecks: row.benefit_kopecks,
      penaltyKopecks: row.penalty_kopecks,
      paidKopecks: row.paid_kopecks,
      dueKopecks: row.due_kopecks,
      volume: row.volume,
      unit: row.unit,
      tariff: row.tariff,
    })),
    payments: payments.map(({ day, sum_kopecks, source }) => ({ day, sumKopecks: sum_kopecks, source })),
  };
}
