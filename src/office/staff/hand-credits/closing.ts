import { readReason } from '../../../domain/money-command.ts';
import { type KeptPayment, markRefunded } from '../../../records/card-payments.ts';
import { lockCardPaymentLine, markSettled } from '../../../records/card-payment-lines.ts';
import type { Trx } from '../../../records/database.ts';
import type { Request } from '../../../records/requests.ts';
import { asStaff, type DeskEdges } from '../as-staff.ts';
import type { StaffCaller } from '../staff.ts';
import { lockRequestAt, sayInThread } from '../thread.ts';
import { closeTrouble } from '../trouble.ts';
import {
  ALL_CREDITED,
  auditMoney,
  type LockedLine,
  type MoneyCommand,
  type MoneyMoved,
  moveMoney,
  payerOf,
  refuseMoney,
  type MoneyRefused,
  tellPayer,
} from './held-payment.ts';

/** The other ends of money that no account has: it went back, it is refused, billing has it in another way; each with a reason. */
export function createClosing(edges: DeskEdges) {
  return {
    /** `/refunded причина`: the money was given back at the provider, all of it. */
    async refunded(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      return moveMoney(edges, staff, 'refunded', threadRef, async (trx, held) => {
        const { payment, leftKopecks, places, request, now } = held;
        const reason = readReason(words);
        if (reason === undefined) return { refused: 'reason-missing' };
        if (leftKopecks === 0) return ALL_CREDITED;
        if (places.length > 0) return { refused: 'partly-credited', words: { left: leftKopecks } };
        await markRefunded(trx, payment.id, now);
        const sum = payment.totalKopecks;
        const key = keyOf('notice-payment-returned', payment, request);
        await tellPayer(trx, held.payment, { text: 'notice-payment-returned', words: { sum }, key }, now);
        return { said: 'refunded', words: { sum }, closes: true, reason };
      });
    },

    /** `/refuse причина`: what is left of the payment is credited to no account; the payer reads the reason. */
    async refuse(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      return moveMoney(edges, staff, 'refuse', threadRef, async (trx, held) => {
        const { payment, leftKopecks: sum, request, now } = held;
        const reason = readReason(words);
        if (reason === undefined) return { refused: 'reason-missing' };
        if (sum === 0) return ALL_CREDITED;
        const key = keyOf('notice-payment-refused', payment, request);
        const part = sum < payment.totalKopecks ? 'yes' : 'no';
        await tellPayer(trx, held.payment, { text: 'notice-payment-refused', words: { sum, part, reason }, key }, now);
        return { said: 'refused', words: { sum }, closes: true, reason };
      });
    },

    /** `/settle причина`, in the thread of a payment that differs or does not come: billing has it otherwise, and it is under way no longer. */
    async settle(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      const isSenior = await edges.staff.isSenior(staff.messengerId);
      return asStaff(edges, staff, 'settle', async (trx, now): Promise<MoneyMoved> => {
        const request = await lockRequestAt(trx, threadRef);
        if (!request) return { outcome: 'nowhere' };
        const asked = await settling(trx, request, isSenior, words);
        if ('refused' in asked) return refuseMoney(trx, request, asked, now);
        const { line, reason } = asked;
        await markSettled(trx, line.operation, now);
        const told = { sum: line.sumKopecks, account: line.account, at: line.paidAt.toISOString(), reason };
        const notice = { text: 'notice-payment-settled', words: told, key: `notice-payment-settled/${line.operation}` };
        await tellPayer(trx, payerOf(line), notice, now);
        const said = { sum: line.sumKopecks, account: line.account, operation: line.operation, reason };
        await sayInThread(trx, request, 'desk-money-settled-otherwise', { name: staff.name, ...said }, now);
        await auditMoney(trx, staff, request, 'settle', said, now);
        if (request.state !== 'closed') await closeTrouble(trx, request, staff, now);
        return { outcome: 'done' };
      });
    },
  };
}

/** The line that a thread is about, and why a senior ends it. */
async function settling(
  trx: Trx,
  request: Request,
  isSenior: boolean,
  words: string,
): Promise<{ line: LockedLine; reason: string } | MoneyRefused> {
  if (request.kind !== 'payment-differs' && request.kind !== 'payment-late') return { refused: 'elsewhere' };
  if (!isSenior) return { refused: 'not-senior' };
  const line = await lockCardPaymentLine(trx, String(request.words.operation));
  if (!line) return { refused: 'elsewhere' };
  if (line.refundedAt !== null) return { refused: 'returned' };
  if (line.settledAt !== null) return { refused: 'settled' };
  const amiss = line.trouble === 'reversed' || line.trouble === 'sum-differs';
  if (line.postedAt !== null && !amiss) return { refused: 'posted' };
  const reason = readReason(words);
  return reason === undefined ? { refused: 'reason-missing' } : { line, reason };
}

const keyOf = (text: string, payment: KeptPayment, request: Request): string =>
  `${text}/${payment.operation}/${request.reopened}`;
