import type { Charge } from '../../domain/charge.ts';
import { dayAfter } from '../../domain/debt.ts';
import type { PaidRow } from '../../domain/history.ts';
import { firstDay, type Period } from '../../domain/period.ts';
import { listChargedMonths, listChargesBetween } from '../../records/charges.ts';
import type { Db } from '../../records/database.ts';
import { listPaidMonths, listPaymentsBetween } from '../../records/payments.ts';

/** What the registries have of an account for the months from one to another, both counted, newest first. */
export type AccountMonths = { charges: Charge[]; payments: PaidRow[] };

/** The months that have charges or payments, newest first. */
export async function listMonths(db: Db, account: string): Promise<Period[]> {
  const months = [...(await listChargedMonths(db, account)), ...(await listPaidMonths(db, account))];
  return [...new Set(months)].sort().toReversed();
}

export async function readMonths(db: Db, account: string, from: Period, to: Period): Promise<AccountMonths> {
  const charges = await listChargesBetween(db, account, from, to);
  const payments = await listPaymentsBetween(db, account, firstDay(from), dayAfter(to));
  return { charges, payments: payments.map(({ day, sumKopecks, source }) => ({ day, sumKopecks, source })) };
}
