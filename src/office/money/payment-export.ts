import type { Kopecks } from '../../domain/money.ts';
import { lockLinesToExport, markExported } from '../../records/card-payment-lines.ts';
import { EXPORT_COLUMNS } from '../registries/export-columns.ts';
import { type Outgoing, outgoingDay } from '../registries/exports.ts';
import { PAYMENT_SOURCE } from './payment-matching.ts';

/**
 * Payments made in the bot, for billing: a line for each account, under the number by which billing's registry brings them back. What was
 * given back, or a registry has brought already, does not go out.
 */
export const PAYMENTS_OUT: Outgoing = {
  kind: 'payments',
  columns: EXPORT_COLUMNS.payments,
  async collect(trx, exportNumber) {
    const lines = await lockLinesToExport(trx);
    await markExported(
      trx,
      lines.map((line) => line.operation),
      exportNumber,
    );
    return lines.map(({ account, paidDay, sumKopecks, operation }) => [
      account,
      outgoingDay(paidDay),
      outgoingSum(sumKopecks),
      PAYMENT_SOURCE,
      operation,
    ]);
  },
};

/** `1234,56` */
function outgoingSum(kopecks: Kopecks): string {
  const digits = String(kopecks).padStart(3, '0');
  return `${digits.slice(0, -2)},${digits.slice(-2)}`;
}
