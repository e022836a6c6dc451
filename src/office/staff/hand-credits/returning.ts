import { MINUTE_MS } from '../../../domain/durations.ts';
import { readReason, splitFirstWord } from '../../../domain/money-command.ts';
import {
  findPaymentOfOperation,
  type KeptPayment,
  lockCardPayment,
  markNotRefunded,
  markRefunded,
} from '../../../records/card-payments.ts';
import type { Trx } from '../../../records/database.ts';
import { replaceAskedHandCredit, updateHandCredit } from '../../../records/hand-credits.ts';
import { deleteNotice } from '../../../records/notices.ts';
import { findRequestOfPayment, lockRequest, type Request } from '../../../records/requests.ts';
import { escalate } from '../../escalations.ts';
import { matchPayments } from '../../money/payment-matching.ts';
import type { StaffDoor } from '../../notices.ts';
import { asStaff, type DeskEdges } from '../as-staff.ts';
import type { StaffCaller } from '../staff.ts';
import { askInThread, requestAt, sayInThread } from '../thread.ts';
import { closeEscalation } from '../close-escalation.ts';
import type { EndPressed } from './ends.ts';
import { auditMoney, type MoneyCommand, type MoneyNamed, type MoneyRefused, refuseMoney, tellPayer } from './held-payment.ts';
import { ASKED_MS, type CreditPressed, openAgain, refusePress } from './pressed.ts';
import { readStanding, type Standing } from './standing.ts';

/** Troubles whose words name the payment, or a line of it. */
const OF_PAYMENTS: ReadonlySet<string> = new Set(['payment-not-credited', 'payment-return', 'payment-differs', 'payment-late']);
/** In which of their threads it is decided what becomes of a whole payment. */
const OF_WHOLE = ['payment-not-credited', 'payment-return'];

type Meant = { payment: NonNullable<Awaited<ReturnType<typeof findPaymentOfOperation>>>; reason: string | undefined };

/** A payment was given back at the provider, all of it: credited or not, it is for no account any more and does not go out. */
export function createReturning(edges: DeskEdges) {
  return {
    /**
     * `/refunded причина` in the thread of a payment, `/refunded операция причина` anywhere: shows what the payment is and asks; nothing moves
     * yet. It is asked in the payment's own thread; where it has none, one is opened.
     */
    async refunded(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyNamed> {
      const isSenior = await edges.staff.isSenior(staff.messengerId);
      return asStaff(edges, staff, 'refunded', async (trx, now): Promise<MoneyNamed> => {
        const here = await requestAt(trx, threadRef);
        const refuse = async (why: MoneyRefused): Promise<MoneyNamed> =>
          here ? refuseMoney(trx, here, why, now) : { outcome: 'refused-at-large', why: why.refused };
        const meant = await findMeant(trx, here, words);
        if (!meant) return here ? refuse({ refused: 'elsewhere' }) : { outcome: 'nowhere' };
        if (!isSenior) return refuse({ refused: 'not-senior' });
        if (meant.payment.refundedAt !== null) return refuse({ refused: 'returned' });
        if (meant.reason === undefined) return refuse({ refused: 'reason-missing' });
        const request = await threadOf(trx, here, meant, now);
        const payment = request && (await lockCardPayment(trx, { id: meant.payment.id }));
        if (!payment) return { outcome: 'nowhere' };
        // Somebody was quicker.
        if (payment.refundedAt !== null) return refuse({ refused: 'returned' });
        await ask(trx, staff, request, payment, meant.reason, now);
        return request.id === here?.id ? { outcome: 'done' } : { outcome: 'asked-at', number: request.number };
      });
    },
  };
}

/** The payment that is named, or that the thread is about; and why it is said to have gone back. */
async function findMeant(trx: Trx, here: Request | undefined, words: string): Promise<Meant | undefined> {
  const { first, rest } = splitFirstWord(words);
  const named = await findPaymentOfOperation(trx, first);
  if (named) return { payment: named, reason: readReason(rest) };
  if (!here || !OF_PAYMENTS.has(here.kind)) return undefined;
  const payment = await findPaymentOfOperation(trx, String(here.words.operation));
  return payment && { payment, reason: readReason(words) };
}

/** Where it is asked. Requests are locked before payments, as everywhere. */
async function threadOf(trx: Trx, here: Request | undefined, { payment }: Meant, now: Date): Promise<Request | undefined> {
  const { operation, totalKopecks: sum } = payment;
  if (here && OF_PAYMENTS.has(here.kind)) {
    const own = await findPaymentOfOperation(trx, String(here.words.operation));
    if (own?.id === payment.id) return lockRequest(trx, here.id);
  }
  const known = await findRequestOfPayment(trx, OF_WHOLE, operation);
  const id = known?.id ?? (await escalate(trx, { kind: 'payment-return', key: operation, operation, sum }, now));
  return lockRequest(trx, id);
}

async function ask(
  trx: Trx,
  staff: StaffCaller,
  request: Request,
  payment: KeptPayment,
  reason: string,
  now: Date,
): Promise<void> {
  const { operation, totalKopecks: sum } = payment;
  const standing = await readStanding(trx, payment);
  const asked = { requestId: request.id, paymentId: payment.id, account: '', sumKopecks: sum, reason };
  const id = await replaceAskedHandCredit(trx, asked, now, 'refund');
  const doors: StaffDoor[] = [
    { label: 'button-refund-do', verb: 'money-do', number: request.number, rest: `${id}-${standing.seen}` },
    { label: 'button-cancel', verb: 'money-drop', number: request.number, rest: String(id) },
  ];
  const { credited, billing, lines, more, leftKopecks: left, exportNumber } = standing;
  const words = {
    name: staff.name,
    sum,
    operation,
    at: payment.paidAt.toISOString(),
    reason,
    credited,
    billing,
    export: exportNumber,
    left,
    lines,
    listed: lines.length,
    more,
    minutes: ASKED_MS / MINUTE_MS,
  };
  await askInThread(trx, request, { text: 'desk-money-refund-sure', words, doors }, now);
  await auditMoney(trx, staff, auditedOf(request, standing), 'refunded-asked', { operation, sum }, now);
}

/** «Отметить возврат»: the payer is told, and nothing of the payment is exported any more. */
export async function confirmReturn(trx: Trx, { staff, request, credit, seen, now }: EndPressed): Promise<CreditPressed> {
  const payment = await lockCardPayment(trx, { id: credit.paymentId });
  if (!payment) return { outcome: 'gone' };
  if (payment.refundedAt !== null) return refusePress(trx, request, { refused: 'returned' }, now);
  const standing = await readStanding(trx, payment);
  if (standing.seen !== seen) return refusePress(trx, request, { refused: 'changed' }, now);
  await markRefunded(trx, payment.id, now);
  const { operation, totalKopecks: sum } = payment;
  const key = `notice-payment-returned/${operation}/${credit.id}`;
  const text = standing.credited === 'none' ? 'notice-payment-returned' : 'notice-payment-given-back';
  await tellPayer(trx, payment, { text, words: { sum }, key }, now);
  await updateHandCredit(trx, credit.id, { state: 'refund-done', noticeKey: key }, now);
  const { reason } = credit;
  const undo: StaffDoor = { label: 'button-refund-undo', verb: 'money-undo', number: request.number, rest: String(credit.id) };
  const said =
    standing.credited === 'none' ? 'refunded' : `refunded-${standing.billing === 'none' ? 'credited' : standing.billing}`;
  const words = { name: staff.name, sum, reason, operation, export: standing.exportNumber };
  await askInThread(trx, request, { text: `desk-money-${said}`, words, doors: [undo] }, now);
  await auditMoney(trx, staff, auditedOf(request, standing), 'refunded', { operation, sum, reason }, now);
  if (request.state !== 'closed') await closeEscalation(trx, request, staff, now);
  return { outcome: 'done' };
}

/** «Отменить отметку о возврате»: the payment is what it was before. The payer is told, if told that it went back. */
export async function takeBackReturn(trx: Trx, { staff, request, credit, now }: EndPressed): Promise<CreditPressed> {
  const payment = await lockCardPayment(trx, { id: credit.paymentId });
  if (!payment || payment.refundedAt === null) return { outcome: 'gone' };
  await markNotRefunded(trx, payment.id);
  const standing = await readStanding(trx, payment);
  // What a registry brought meanwhile was not looked for.
  if (standing.accounts.length > 0) await matchPayments(trx, { now, accounts: standing.accounts });
  await updateHandCredit(trx, credit.id, { state: 'refund-taken-back' }, now);
  const { operation, totalKopecks: sum } = payment;
  const { noticeKey: told } = credit;
  const { credited, billing } = standing;
  if (told !== null && !(await deleteNotice(trx, told))) {
    const notice = { text: 'notice-payment-return-undone', words: { sum, credited }, key: `undone/${told}` };
    await tellPayer(trx, payment, notice, now);
  }
  // Where accounts have all of it, only a registry that tells otherwise leaves something to be decided.
  const isDecided = credited === 'all' && OF_WHOLE.includes(request.kind);
  if (!isDecided) await openAgain(trx, request, now);
  await sayInThread(trx, request, 'desk-money-refund-undone', { name: staff.name, sum, operation, credited, billing }, now);
  await auditMoney(trx, staff, auditedOf(request, standing), 'refunded-undone', { operation, sum }, now);
  return { outcome: 'done' };
}

/** The account is named where there is one only. */
function auditedOf(request: Request, { accounts: [only, second] }: Standing): Pick<Request, 'number' | 'account' | 'residentId'> {
  return { ...request, account: request.account ?? (second === undefined ? (only ?? null) : null) };
}
