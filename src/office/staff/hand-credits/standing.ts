import { createHash } from 'node:crypto';
import { LISTED_ACCOUNTS } from '../../../domain/many-accounts.ts';
import type { Phrase } from '../../../domain/text-args.ts';
import { findAccounts } from '../../../records/accounts.ts';
import type { KeptPayment } from '../../../records/card-payments.ts';
import { listCardPaymentLines } from '../../../records/card-payment-lines.ts';
import type { Trx } from '../../../records/database.ts';
import { listOrderedLines } from '../../../records/payment-orders.ts';

/** How a payment stands: where it is credited, and how far it is on its way to billing. */
export type Standing = {
  /** The accounts that have it. */
  accounts: readonly string[];
  /** How much of it accounts have. */
  credited: 'none' | 'part' | 'all';
  leftKopecks: number;
  /** A registry has some of it, on whatever account, or an export told billing of it. */
  billing: 'none' | 'exported' | 'posted';
  /** The newest export that told of it, 0: none did. */
  exportNumber: number;
  /** A phrase for each account that has it, or that it was ordered for where none has. */
  lines: readonly Phrase[];
  /** Of more accounts it says only how many there are. */
  more: number;
  seen: string;
};

/** By which it is known whether something stands as it did when it was asked about; short enough for a button. */
export function seenAs(standing: unknown): string {
  return createHash('sha256').update(JSON.stringify(standing)).digest('base64url').slice(0, 12);
}

/** The payment is locked by the caller. */
export async function readStanding(trx: Trx, payment: KeptPayment): Promise<Standing> {
  const own = await listCardPaymentLines(trx, payment.id);
  const leftKopecks = own.reduce((left, line) => left - line.sumKopecks, payment.totalKopecks);
  const standing = own.map(({ place, account, sumKopecks, fault, ...line }) => ({
    place,
    account,
    sumKopecks,
    // Taken back by billing, it is there no longer.
    exportNumber: fault === 'reversed' ? 0 : (line.exportNumber ?? 0),
    isPosted: fault !== 'reversed' && (line.postedAt !== null || line.otherAccount !== null),
  }));
  const exportNumber = Math.max(0, ...standing.map((line) => line.exportNumber));
  const isPosted = standing.some((line) => line.isPosted);
  const ordered = standing.length > 0 ? [] : await listOrderedLines(trx, payment.id);
  const shown = [...standing, ...ordered.map((line) => ({ ...line, exportNumber: 0 }))];
  const listed = shown.slice(0, LISTED_ACCOUNTS);
  const known = await findAccounts(
    trx,
    listed.map(({ account }) => account),
  );
  return {
    accounts: own.map(({ account }) => account),
    credited: own.length === 0 ? 'none' : leftKopecks > 0 ? 'part' : 'all',
    leftKopecks,
    billing: isPosted ? 'posted' : exportNumber > 0 ? 'exported' : 'none',
    exportNumber,
    lines: listed.map(({ account, sumKopecks: sum, exportNumber: gone }) => ({
      text: 'desk-money-line',
      words: { account, sum, address: known.get(account)?.address ?? 'none', export: gone },
    })),
    more: shown.length - listed.length,
    seen: seenAs(standing),
  };
}
