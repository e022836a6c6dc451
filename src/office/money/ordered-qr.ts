import type { BankPaymentOrder } from '../../domain/payment-qr.ts';
import { sbpLink } from '../../domain/sbp-link.ts';
import type { Centre } from '../centre.ts';

/** What a QR code asks for; `sbp`: the address that opens a bank's app at the same payment, null where the centre has none. */
export type OrderedQr = { outcome: 'ordered'; order: BankPaymentOrder; sbp: string | null };

export function orderedQr(order: BankPaymentOrder & { sumKopecks: number }, { sbp: template }: Pick<Centre, 'sbp'>): OrderedQr {
  const { accountNumber: account, sumKopecks } = order;
  return { outcome: 'ordered', order, sbp: template === undefined ? null : sbpLink(template, { account, sumKopecks }) };
}
