import { addSums, type Charge, type ChargeSums } from './charge.ts';
import type { MeterMonth } from './document-meter.ts';
import type { Kopecks } from './money.ts';
import type { Payee, BankPaymentOrder } from './payment-qr.ts';
import type { Period } from './period.ts';

export type PhoneAbout = { number: string; about: string };

/** Who supplies a service, and how to reach them; `name` as the registry of charges has it. */
export type Performer = {
  name: string;
  address: string | null;
  phone: string | null;
  hours: string | null;
  emergency: string | null;
};

/**
 * Everything that the page of a payment document shows, after приказ Минстроя 43/пр; plain JSON. What billing's registries do not have is
 * null or an empty list and is left out of the page. Part 6 of the form, instalments, is not here: no registry has them.
 */
export type PaymentDocument = {
  period: Period;
  /** The newest period that the account was charged for: another one when this document is of an older one, which therefore asks for no sum. */
  latestPeriod: Period;
  accountNumber: string;
  /** ЕЛС in ГИС ЖКХ. */
  unifiedNumber: string | null;
  /** Part 1. */
  payer: {
    name: string;
    address: string;
    /** Square metres, a decimal as text. */
    area: string | null;
    residents: number | null;
  };
  /** Who made the document and answers questions about it (`CENTRE_FILE`). */
  centre: {
    name: string;
    address: string | null;
    /** A line each. */
    hours: readonly string[];
    phones: readonly PhoneAbout[];
    emergency: readonly PhoneAbout[];
    email: string | null;
    site: string | null;
  };
  /** Of those who supply its services, whoever `CENTRE_FILE` says more of. */
  performers: readonly Performer[];
  /** Part 2; null while the operator has not given all requisites: then there is no QR code either. */
  payee: Payee | null;
  /** The day up to which the period is paid without a penalty, `YYYY-MM-DD`; null where it is not known yet. */
  payBy: string | null;
  /** What was paid last by the end of the period, as billing has posted it, and not taken back by then. */
  lastPayment: { day: string; sumKopecks: Kopecks } | null;
  /** Part 3, at least one line, in the order in which they are shown. Its sums are billing's. */
  lines: readonly Charge[];
  /** Part 4, in the order in which they are shown: as billing's newest registry of meters has them; none where there is no registry. */
  meters: readonly ({
    number: string;
    /** Empty for a meter with one scale. */
    scale: string;
    service: string;
    verificationDue: string | null;
  } & MeterMonth)[];
  /** The day that billing's data on charges are of. */
  dataDay: string | null;
};

/** Whether newer charges than this document's exist. */
export function isOlderDocument({ period, latestPeriod }: Pick<PaymentDocument, 'period' | 'latestPeriod'>): boolean {
  return period !== latestPeriod;
}

/** The totals of part 3. A `dueKopecks` below zero is an overpayment. */
export function totalsOf({ lines }: Pick<PaymentDocument, 'lines'>): ChargeSums {
  return addSums(lines);
}

/** What the document's QR code asks for: «К оплате» as billed; no sum for an older period and where nothing is to pay. Undefined without requisites. */
export function paymentOrderOf(document: PaymentDocument): BankPaymentOrder | undefined {
  const { payee, accountNumber, period } = document;
  if (!payee) return undefined;
  const { dueKopecks } = totalsOf(document);
  return { payee, accountNumber, period, sumKopecks: isOlderDocument(document) || dueKopecks <= 0 ? null : dueKopecks };
}
