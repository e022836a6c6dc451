import { MINUTE_MS } from '../../../domain/durations.ts';
import { readReason } from '../../../domain/money-command.ts';
import { findAccount } from '../../../records/accounts.ts';
import { lockCardPaymentLine, markNotSettled, markSettled } from '../../../records/card-payment-lines.ts';
import type { Trx } from '../../../records/database.ts';
import { replaceAskedHandCredit, updateHandCredit } from '../../../records/hand-credits.ts';
import { deleteNotice } from '../../../records/notices.ts';
import type { Request } from '../../../records/requests.ts';
import { matchPayments } from '../../money/payment-matching.ts';
import type { StaffDoor } from '../../notices.ts';
import { asStaff, type DeskEdges } from '../as-staff.ts';
import type { StaffCaller } from '../staff.ts';
import { askInThread, lockRequestAt, sayInThread } from '../thread.ts';
import { closeEscalation } from '../close-escalation.ts';
import type { EndPressed } from './ends.ts';
import {
  auditMoney,
  type LockedLine,
  type MoneyCommand,
  type MoneyMoved,
  type MoneyRefused,
  payerOf,
  refuseMoney,
  tellPayer,
} from './held-payment.ts';
import { ASKED_MS, type CreditPressed, openAgain, refusePress } from './pressed.ts';
import { seenAs } from './standing.ts';

/** What differs from billing's registry, or does not come in it, billing has otherwise: it is under way no longer. */
export function createSettling(edges: DeskEdges) {
  return {
    /** `/settle причина`, in the thread of a payment that differs or does not come: shows what it is and asks; nothing moves yet. */
    async settle(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      const isSenior = await edges.staff.isSenior(staff.messengerId);
      return asStaff(edges, staff, 'settle', async (trx, now): Promise<MoneyMoved> => {
        const request = await lockRequestAt(trx, threadRef);
        if (!request) return { outcome: 'nowhere' };
        if (request.kind !== 'payment-differs' && request.kind !== 'payment-late')
          return refuseMoney(trx, request, { refused: 'elsewhere' }, now);
        if (!isSenior) return refuseMoney(trx, request, { refused: 'not-senior' }, now);
        const line = await lockOpenLine(trx, request);
        if ('refused' in line) return refuseMoney(trx, request, line, now);
        const reason = readReason(words);
        if (reason === undefined) return refuseMoney(trx, request, { refused: 'reason-missing' }, now);
        await ask(trx, staff, request, line, reason, now);
        return { outcome: 'done' };
      });
    },
  };
}

async function ask(trx: Trx, staff: StaffCaller, request: Request, line: LockedLine, reason: string, now: Date): Promise<void> {
  const { operation, account, sumKopecks: sum } = line;
  const asked = { requestId: request.id, paymentId: line.paymentId, account, sumKopecks: sum, reason };
  const id = await replaceAskedHandCredit(trx, asked, now, 'settle');
  const doors: StaffDoor[] = [
    { label: 'button-settle-do', verb: 'money-do', number: request.number, rest: `${id}-${seenOfLine(line)}` },
    { label: 'button-cancel', verb: 'money-drop', number: request.number, rest: String(id) },
  ];
  const words = {
    name: staff.name,
    sum,
    account,
    address: (await findAccount(trx, account))?.address ?? 'none',
    operation,
    at: line.paidAt.toISOString(),
    stands: standsAs(line),
    other: line.otherAccount ?? 'none',
    export: line.exportNumber ?? 0,
    reason,
    minutes: ASKED_MS / MINUTE_MS,
  };
  await askInThread(trx, request, { text: 'desk-money-settle-sure', words, doors }, now);
  await auditMoney(trx, staff, request, 'settle-asked', { operation, sum, account }, now);
}

/** «Отметить: учтён иначе»: it is under way no longer and is not exported; the payer reads why. */
export async function confirmSettling(trx: Trx, { staff, request, credit, seen, now }: EndPressed): Promise<CreditPressed> {
  const line = await lockOpenLine(trx, request);
  if ('refused' in line) return refusePress(trx, request, line, now);
  if (seenOfLine(line) !== seen) return refusePress(trx, request, { refused: 'changed' }, now);
  const { operation, account, sumKopecks: sum } = line;
  const { reason } = credit;
  await markSettled(trx, operation, now);
  const key = `notice-payment-settled/${operation}/${credit.id}`;
  const told = { sum, account, at: line.paidAt.toISOString(), reason };
  await tellPayer(trx, payerOf(line), { text: 'notice-payment-settled', words: told, key }, now);
  await updateHandCredit(trx, credit.id, { state: 'settle-done', noticeKey: key }, now);
  const said = { sum, account, operation, reason };
  const undo: StaffDoor = { label: 'button-settle-undo', verb: 'money-undo', number: request.number, rest: String(credit.id) };
  const words = { name: staff.name, ...said };
  await askInThread(trx, request, { text: 'desk-money-settled-otherwise', words, doors: [undo] }, now);
  await auditMoney(trx, staff, request, 'settle', said, now);
  if (request.state !== 'closed') await closeEscalation(trx, request, staff, now);
  return { outcome: 'done' };
}

/** «Отменить решение», as long as no registry has brought it since: it is as open as before. The payer is told, if told of the decision. */
export async function takeBackSettling(trx: Trx, { staff, request, credit, now }: EndPressed): Promise<CreditPressed> {
  const line = await lockCardPaymentLine(trx, String(request.words.operation));
  if (!line || line.settledAt === null) return { outcome: 'gone' };
  if (line.refundedAt !== null) return refusePress(trx, request, { refused: 'returned' }, now);
  if (line.postedAt !== null && (line.postedAt >= credit.stateAt || !isAmiss(line)))
    return refusePress(trx, request, { refused: 'posted-since' }, now);
  const { operation, account, sumKopecks: sum } = line;
  await markNotSettled(trx, operation);
  await matchPayments(trx, { now, accounts: [account] });
  await updateHandCredit(trx, credit.id, { state: 'settle-taken-back' }, now);
  const { noticeKey: told } = credit;
  if (told !== null && !(await deleteNotice(trx, told))) {
    const words = { sum, account, at: line.paidAt.toISOString() };
    await tellPayer(trx, payerOf(line), { text: 'notice-payment-settle-undone', words, key: `undone/${told}` }, now);
  }
  await openAgain(trx, request, now);
  await sayInThread(trx, request, 'desk-money-settle-undone', { name: staff.name, sum, account, operation }, now);
  await auditMoney(trx, staff, request, 'settle-undone', { operation, sum, account }, now);
  return { outcome: 'done' };
}

/** The line that a thread is about, where it has come to no end; or why there is nothing to be settled. */
async function lockOpenLine(trx: Trx, request: Request): Promise<LockedLine | MoneyRefused> {
  const line = await lockCardPaymentLine(trx, String(request.words.operation));
  if (!line) return { refused: 'elsewhere' };
  if (line.refundedAt !== null) return { refused: 'returned' };
  if (line.settledAt !== null) return { refused: 'settled' };
  return line.postedAt !== null && !isAmiss(line) ? { refused: 'posted' } : line;
}

const isAmiss = ({ fault }: LockedLine): boolean => fault === 'reversed' || fault === 'sum-differs';

/** What a registry has of it; `late`: none has it at all. */
function standsAs(line: LockedLine): 'other-account' | 'reversed' | 'sum-differs' | 'late' {
  if (line.otherAccount !== null) return 'other-account';
  if (line.postedAt === null) return 'late';
  return line.fault === 'reversed' ? 'reversed' : 'sum-differs';
}

const seenOfLine = (line: LockedLine): string => seenAs([standsAs(line), line.otherAccount, line.exportNumber]);
