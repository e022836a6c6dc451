import { findCardPaymentLine, listCardPaymentLines } from '../../../records/card-payment-lines.ts';
import { findCardPaymentByOperation } from '../../../records/card-payments.ts';
import type { Trx } from '../../../records/database.ts';
import type { Resolved, ResolutionAsked } from './resolved.ts';

/** «Зачислить вручную»: which account, how much of it and why is written in the thread; money moves by words, not by a press. */
export async function explainCredit(trx: Trx, { request: { words } }: ResolutionAsked): Promise<Resolved> {
  const { accounts = '', known = 'no' } = words;
  const payment = await findCardPaymentByOperation(trx, String(words.operation));
  const lines = payment ? await listCardPaymentLines(trx, payment.id) : [];
  const sum = lines.reduce((left, line) => left - line.sumKopecks, Number(words.sum ?? 0));
  if (sum <= 0) return { outcome: 'explained', said: 'all-credited' };
  // The account that it was meant for, where there was one only; else an example.
  const account = known === 'yes' && !String(accounts).includes(',') ? String(accounts) : '0012345';
  return { outcome: 'explained', said: 'credit-how', words: { sum, account, amount: amountOf(sum) } };
}

/** «Деньги возвращены» */
export function explainRefund({ request: { words } }: ResolutionAsked): Resolved {
  return { outcome: 'explained', said: 'refunded-how', words: { sum: words.sum ?? 0 } };
}

/** «Отказать» */
export function explainRefusal({ request: { words } }: ResolutionAsked): Resolved {
  return { outcome: 'explained', said: 'refuse-how', words: { sum: words.sum ?? 0 } };
}

/** «Учтён иначе» */
export function explainSettling({ request: { words } }: ResolutionAsked): Resolved {
  return { outcome: 'explained', said: 'settle-payment-how', words: { sum: words.sum ?? 0 } };
}

/** Whether the escalation is about a payment that has come to no end yet. */
export async function isStillOpen(trx: Trx, { request: { kind, words } }: ResolutionAsked): Promise<boolean> {
  if (kind !== 'payment-differs' && kind !== 'payment-late') return false;
  const line = await findCardPaymentLine(trx, String(words.operation));
  return line !== undefined && line.postedAt === null && line.settledAt === null && line.refundedAt === null;
}

/** `1234,56`, as it is typed. */
function amountOf(kopecks: number): string {
  return `${Math.floor(kopecks / 100)},${String(kopecks % 100).padStart(2, '0')}`;
}
