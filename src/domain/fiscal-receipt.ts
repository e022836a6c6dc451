import { cutTo } from './cut.ts';
import { type DatedRow, inForce } from './dated.ts';
import type { LocalDay } from './local-day.ts';
import type { Kopecks } from './money.ts';

/** What a line of a receipt says besides its sum, in the codes of 54-ФЗ as ЮKassa takes them. */
export type ReceiptRules = { taxSystem: number; vat: number; subject: string; mode: string };

/** Whether it is known what a receipt of this day has to say; without any rules none is made, and nothing has to be known. */
export function isReceiptKnown(rules: readonly (DatedRow & ReceiptRules)[], day: LocalDay): boolean {
  return rules.length === 0 || inForce(rules, day) !== undefined;
}

/** Whether a receipt that was written on one day is right on a later one, too. */
export function isReceiptRight(rules: readonly (DatedRow & ReceiptRules)[], writtenOn: LocalDay, day: LocalDay): boolean {
  if (rules.length === 0) return true;
  const [then, now] = [inForce(rules, writtenOn), inForce(rules, day)];
  if (!then || !now) return false;
  return (['taxSystem', 'vat', 'subject', 'mode'] as const).every((word) => then[word] === now[word]);
}

export type FiscalReceipt = {
  tax_system_code: number;
  items: {
    description: string;
    quantity: number;
    amount: { value: string; currency: 'RUB' };
    vat_code: number;
    payment_subject: string;
    payment_mode: string;
  }[];
};

/** A line of a receipt holds so many characters. */
const LONGEST_DESCRIPTION = 128;

/** The receipt of a payment: an item for each account, which add up to what is paid. */
export function fiscalReceipt(
  lines: readonly { description: string; sumKopecks: Kopecks }[],
  { taxSystem, vat, subject, mode }: ReceiptRules,
): FiscalReceipt {
  return {
    tax_system_code: taxSystem,
    items: lines.map(({ description, sumKopecks }) => ({
      description: cutTo(description, LONGEST_DESCRIPTION),
      quantity: 1,
      amount: { value: roubles(sumKopecks), currency: 'RUB' },
      vat_code: vat,
      payment_subject: subject,
      payment_mode: mode,
    })),
  };
}

/** `1234.56` */
function roubles(kopecks: Kopecks): string {
  const digits = String(kopecks).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
