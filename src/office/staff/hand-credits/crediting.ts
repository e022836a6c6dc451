import { MINUTE_MS } from '../../../domain/durations.ts';
import { maskName } from '../../../domain/masked-name.ts';
import { type CreditWords, readCreditWords } from '../../../domain/money-command.ts';
import { findWholeAccount } from '../../../records/accounts.ts';
import { areOperationsFree } from '../../../records/card-payments.ts';
import { deleteCardPaymentLine, insertCardPaymentLine, lockCardPaymentLine } from '../../../records/card-payment-lines.ts';
import type { Trx } from '../../../records/database.ts';
import { replaceAskedHandCredit, updateHandCredit } from '../../../records/hand-credits.ts';
import { deleteNotice } from '../../../records/notices.ts';
import { matchPayments } from '../../money/payment-matching.ts';
import type { StaffDoor } from '../../notices.ts';
import type { DeskEdges } from '../as-staff.ts';
import type { StaffCaller } from '../staff.ts';
import { askInThread, sayInThread } from '../thread.ts';
import { closeEscalation } from '../close-escalation.ts';
import {
  ALL_CREDITED,
  type HeldPayment,
  holdPayment,
  auditMoney,
  type LockedLine,
  type MoneyCommand,
  type MoneyMoved,
  moveMoney,
  payerOf,
  type MoneyRefused,
  tellPayer,
} from './held-payment.ts';
import { ASKED_MS, type CreditPress, type CreditPressed, isLate, openAgain, pressCredit, refusePress } from './pressed.ts';

const RUB = 'RUB';

/** Money of a payment that is credited to no account, credited by a senior: asked first, done on a press, taken back until somebody outside has seen it. */
export function createCrediting(edges: DeskEdges) {
  return {
    /** `/credit 0012345 1234,56 причина`: shows the account's address and asks; nothing moves yet. */
    async credit(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      return moveMoney(edges, staff, 'credit', threadRef, async (trx, held) => {
        const { payment, request, now } = held;
        const wanted = readCreditWords(words);
        if ('wrong' in wanted)
          return { refused: `credit-${wanted.wrong}`, words: { typed: wanted.typed, there: wanted.typed === '' ? 'no' : 'yes' } };
        const owner = await creditable(trx, held, wanted);
        if ('refused' in owner) return owner;
        const { account, sumKopecks, reason } = wanted;
        const asked = { requestId: request.id, paymentId: payment.id, account, sumKopecks, reason };
        const door = { number: request.number, rest: String(await replaceAskedHandCredit(trx, asked, now)) };
        const doors: StaffDoor[] = [
          { label: 'button-credit-do', verb: 'credit-do', ...door },
          { label: 'button-cancel', verb: 'credit-drop', ...door },
        ];
        const shown = { name: staff.name, sum: sumKopecks, account, reason, ...owner, minutes: ASKED_MS / MINUTE_MS };
        await askInThread(trx, request, { text: 'desk-money-credit-sure', words: shown, doors }, now);
        const details = { operation: payment.operation, sum: sumKopecks, account };
        await auditMoney(trx, staff, { ...request, account: request.account ?? account }, 'credit-asked', details, now);
        return 'asked';
      });
    },

    /** «Зачислить»: so much of the payment is the account's. Once nothing is left, the escalation is closed. */
    async confirmCredit(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return pressCredit(edges, staff, 'confirmCredit', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'asked') return { outcome: 'gone' };
        if (isLate(credit, now)) return { outcome: 'late' };
        const held = await holdPayment(trx, request, true, now);
        if ('refused' in held) return refusePress(trx, request, held, now);
        const { account, sumKopecks: sum, reason } = credit;
        const owner = await creditable(trx, held, { account, sumKopecks: sum });
        if ('refused' in owner) return refusePress(trx, request, owner, now);
        const operation = await operationFor(trx, held, sum);
        const place = Math.max(0, ...held.places) + 1;
        await insertCardPaymentLine(trx, { operation, paymentId: held.payment.id, place, account, sumKopecks: sum });
        await matchPayments(trx, { now, accounts: [account] });
        const key = `notice-payment-credited/${operation}/${credit.id}`;
        await tellPayer(trx, held.payment, { text: 'notice-payment-credited', words: { sum, account }, key }, now);
        await updateHandCredit(trx, credit.id, { state: 'done', operation, noticeKey: key }, now);
        const left = held.leftKopecks - sum;
        const words = { sum, account, left };
        const undo: StaffDoor = {
          label: 'button-credit-undo',
          verb: 'credit-undo',
          number: request.number,
          rest: String(credit.id),
        };
        const botMessage = {
          text: `desk-money-${left === 0 ? 'credited' : 'credited-part'}`,
          words: { name: staff.name, reason, operation, ...words },
          doors: [undo],
        };
        await askInThread(trx, request, botMessage, now);
        const auditedRequest = { ...request, account: request.account ?? account };
        await auditMoney(trx, staff, auditedRequest, 'credit', { operation, reason, ...words }, now);
        if (left === 0) await closeEscalation(trx, request, staff, now);
        return { outcome: 'done' };
      });
    },

    /** «Отмена»: what was asked for is not done. */
    async dropCredit(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return pressCredit(edges, staff, 'dropCredit', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'asked') return { outcome: 'gone' };
        await updateHandCredit(trx, credit.id, { state: 'dropped' }, now);
        await sayInThread(trx, request, 'desk-money-credit-dropped', { name: staff.name }, now);
        return { outcome: 'dropped' };
      });
    },

    /** «Отменить зачисление», as long as it was not exported: the money is credited to no account again. The payer is told, if told of the credit before. */
    async takeBackCredit(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return pressCredit(edges, staff, 'takeBackCredit', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'done' || credit.operation === null) return { outcome: 'gone' };
        const line = await lockCardPaymentLine(trx, credit.operation);
        if (!line) return { outcome: 'gone' };
        const why = whyNotBack(line);
        if (why) return refusePress(trx, request, why, now);
        await deleteCardPaymentLine(trx, line.operation);
        await updateHandCredit(trx, credit.id, { state: 'taken-back' }, now);
        const { account, sumKopecks: sum, noticeKey: told } = credit;
        // What waits no longer was said, also where that is so long ago that its row is forgotten.
        if (told !== null && !(await deleteNotice(trx, told))) {
          const notice = { text: 'notice-payment-credit-undone', words: { sum, account }, key: `undone/${told}` };
          await tellPayer(trx, payerOf(line), notice, now);
        }
        await openAgain(trx, request, now);
        const words = { sum, account, operation: line.operation };
        await sayInThread(trx, request, 'desk-money-taken-back', { name: staff.name, ...words }, now);
        await auditMoney(trx, staff, { ...request, account: request.account ?? account }, 'credit-undone', words, now);
        return { outcome: 'done' };
      });
    },
  };
}

/** Whose account it is, as staff may see it; or why so much of the payment cannot be credited to it. */
async function creditable(
  trx: Trx,
  { payment, leftKopecks }: HeldPayment,
  { account, sumKopecks }: Pick<CreditWords, 'sumKopecks'> & { account: string },
): Promise<{ address: string; owner: string; closed: 'yes' | 'no' } | MoneyRefused> {
  if (payment.currency !== RUB) return { refused: 'foreign-currency' };
  if (leftKopecks === 0) return ALL_CREDITED;
  if (sumKopecks > leftKopecks) return { refused: 'too-much', words: { left: leftKopecks } };
  const found = await findWholeAccount(trx, account);
  if (!found) return { refused: 'no-account', words: { account } };
  return { address: found.address, owner: maskName(found.ownerName), closed: found.closed ? 'yes' : 'no' };
}

/** Why a credit cannot be taken back any more: somebody outside has seen it. */
function whyNotBack({ exportNumber, postedAt, otherAccount, settledAt, refundedAt }: LockedLine): MoneyRefused | undefined {
  if (refundedAt !== null) return { refused: 'returned' };
  if (exportNumber !== null) return { refused: 'exported', words: { export: exportNumber } };
  return postedAt !== null || otherAccount !== null || settledAt !== null ? { refused: 'in-billing' } : undefined;
}

/** The payment's own number where one account has it all; else `-1`, `-2` after it, as registries know it. */
async function operationFor(trx: Trx, { payment, places }: HeldPayment, sumKopecks: number): Promise<string> {
  if (places.length === 0 && sumKopecks === payment.totalKopecks) return payment.operation;
  for (let n = places.length + 1; ; n += 1) {
    const operation = `${payment.operation}-${n}`;
    if (await areOperationsFree(trx, [operation])) return operation;
  }
}
