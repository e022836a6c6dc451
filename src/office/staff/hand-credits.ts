import { later, MINUTE_MS } from '../../domain/durations.ts';
import { maskName } from '../../domain/masked-name.ts';
import { type CreditWords, readCreditWords, readReason } from '../../domain/money-command.ts';
import { findWholeAccount } from '../../records/accounts.ts';
import {
  insertCardPaymentLine,
  areOperationsFree,
  type KeptPayment,
  lockCardPayment,
  lockCardPaymentLine,
  listCardPaymentLines,
  markRefunded,
  markSettled,
  deleteCardPaymentLine,
} from '../../records/card-payments.ts';
import type { Trx } from '../../records/database.ts';
import { insertHandCredit, type HandCredit, lockHandCredit, updateHandCredit } from '../../records/hand-credits.ts';
import { deleteNotice } from '../../records/notices.ts';
import { hasInOutbox } from '../../records/outbox.ts';
import { findOrderer } from '../../records/payment-orders.ts';
import { updateRequest, type Request } from '../../records/requests.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { MessengerId } from '../caller.ts';
import { type NoticeDoor, postNotice, type StaffDoor } from '../notices.ts';
import { matchPayments } from '../money/payment-matching.ts';
import { backInWork } from '../requests/carry.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { askInThread, lockPressed, lockRequestAt, type Nowhere, refresh, type ThreadRef, sayInThread } from './thread.ts';
import { closeTrouble } from './trouble.ts';

/** Whatever it came to was said in the thread, except to who is no staff and where there is no thread. */
export type MoneyMoved = NotStaff | Nowhere | { outcome: 'done' } | { outcome: 'refused'; why: MoneyRefusal };

/** What came of a button under «Зачислить?» or under a credit; `gone`: it was answered, or replaced by another one. */
export type CreditPressed = NotStaff | { outcome: 'not-senior' | 'gone' | 'late' | 'done' | 'dropped' | 'refused' };

/** Each is a text `desk-money-<why>`. */
export type MoneyRefusal =
  | 'not-senior'
  /** The thread is about something else. */
  | 'elsewhere'
  | 'closed'
  /** The command is not written as it has to be: which part of it. */
  | `credit-${'nothing' | 'account' | 'sum' | 'zero' | 'negative' | 'reason'}`
  | 'reason-missing'
  | 'no-account'
  /** More than is left of the payment. */
  | 'too-much'
  /** It went back to the payer. */
  | 'returned'
  | 'foreign-currency'
  /** A part of it is some account's by now, or all of it is. */
  | 'partly-credited'
  | 'all-credited'
  /** Billing has it as it should be, or will have it: it cannot be taken back here. */
  | 'exported'
  | 'in-billing'
  /** A senior settled it before. */
  | 'settled'
  | 'posted';

/** A command in the thread of a payment that was not credited; `words` stand behind it. */
export type MoneyCommand = { threadRef: ThreadRef; words: string };

/** A button: of which request, and of which of its credits. */
export type CreditPress = { number: number; threadRef: ThreadRef; credit: number };

type Held = {
  request: Request;
  payment: KeptPayment;
  leftKopecks: number;
  /** The numbers that its lines have. */
  places: readonly number[];
  now: Date;
};
type TextArgs = Readonly<Record<string, string | number>>;
type Refusal = { refused: MoneyRefusal; words?: TextArgs };
type Moved = { said: string; words: TextArgs; closes: boolean; reason: string };

const RUB = 'RUB';
const REQUEST: NoticeDoor = { label: 'button-request', dialog: 'request' };
const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };
/** What was asked for longer ago is asked again: meanwhile somebody may have thought better of it. */
const ASKED_MS = 30 * MINUTE_MS;

export type HandCredits = ReturnType<typeof createHandCredits>;

/** Money that was taken and is credited to no account: seniors credit it, note that it went back, or refuse it; each with a reason, journaled. */
export function createHandCredits(edges: DeskEdges) {
  async function move(
    staff: StaffCaller,
    verb: string,
    threadRef: ThreadRef,
    work: (trx: Trx, held: Held) => Promise<Moved | Refusal | 'asked'>,
  ): Promise<MoneyMoved> {
    const isSenior = await edges.staff.isSenior(staff.messengerId);
    return asStaff(edges, staff, verb, async (trx, now): Promise<MoneyMoved> => {
      const request = await lockRequestAt(trx, threadRef);
      if (!request) return { outcome: 'nowhere' };
      const held = await hold(trx, request, isSenior, now);
      if ('refused' in held) return refuse(trx, request, held, now);
      const moved = await work(trx, held);
      if (moved === 'asked') return { outcome: 'done' };
      if ('refused' in moved) return refuse(trx, request, moved, now);
      const { said, words, closes, reason } = moved;
      await sayInThread(trx, request, `desk-money-${said}`, { name: staff.name, reason, ...words }, now);
      await journal(trx, staff, request, verb, { operation: held.payment.operation, reason, ...words }, now);
      if (closes) await closeTrouble(trx, request, staff, now);
      return { outcome: 'done' };
    });
  }

  /** A press on a button of a credit: by a senior, at the request's own place. */
  async function press(
    staff: StaffCaller,
    verb: string,
    { number, threadRef, credit: id }: CreditPress,
    work: (trx: Trx, request: Request, credit: HandCredit, now: Date) => Promise<CreditPressed>,
  ): Promise<CreditPressed> {
    const isSenior = await edges.staff.isSenior(staff.messengerId);
    return asStaff(edges, staff, verb, async (trx, now): Promise<CreditPressed> => {
      const request = await lockPressed(trx, number, threadRef);
      const credit = request && Number.isSafeInteger(id) ? await lockHandCredit(trx, request.id, id) : undefined;
      if (!request || !credit) return { outcome: 'gone' };
      return isSenior ? work(trx, request, credit, now) : { outcome: 'not-senior' };
    });
  }

  return {
    /** `/credit 0012345 1234,56 причина`: shows the account's address and asks; nothing moves yet. */
    async credit(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      return move(staff, 'credit', threadRef, async (trx, held) => {
        const { payment, request, now } = held;
        const wanted = readCreditWords(words);
        if ('wrong' in wanted)
          return { refused: `credit-${wanted.wrong}`, words: { typed: wanted.typed, there: wanted.typed === '' ? 'no' : 'yes' } };
        const owner = await creditable(trx, held, wanted);
        if ('refused' in owner) return owner;
        const { account, sumKopecks, reason } = wanted;
        const asked = { requestId: request.id, paymentId: payment.id, account, sumKopecks, reason };
        const door = { number: request.number, rest: String(await insertHandCredit(trx, asked, now)) };
        const doors: StaffDoor[] = [
          { label: 'button-credit-do', verb: 'credit-do', ...door },
          { label: 'button-cancel', verb: 'credit-drop', ...door },
        ];
        const shown = { name: staff.name, sum: sumKopecks, account, reason, ...owner, minutes: ASKED_MS / MINUTE_MS };
        await askInThread(trx, request, { text: 'desk-money-credit-sure', words: shown, doors }, now);
        const details = { operation: payment.operation, sum: sumKopecks, account };
        await journal(trx, staff, { ...request, account: request.account ?? account }, 'credit-asked', details, now);
        return 'asked';
      });
    },

    /** «Зачислить»: so much of the payment is the account's. Once nothing is left, the trouble is closed. */
    async confirmCredit(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return press(staff, 'confirmCredit', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'asked') return { outcome: 'gone' };
        if (credit.askedAt < later(now, -ASKED_MS)) return { outcome: 'late' };
        const held = await hold(trx, request, true, now);
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
        await journal(trx, staff, auditedRequest, 'credit', { operation, reason, ...words }, now);
        if (left === 0) await closeTrouble(trx, request, staff, now);
        return { outcome: 'done' };
      });
    },

    /** «Отмена»: what was asked for is not done. */
    async dropCredit(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return press(staff, 'dropCredit', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'asked') return { outcome: 'gone' };
        await updateHandCredit(trx, credit.id, { state: 'dropped' }, now);
        await sayInThread(trx, request, 'desk-money-credit-dropped', { name: staff.name }, now);
        return { outcome: 'dropped' };
      });
    },

    /** «Отменить зачисление», as long as it was not exported: the money is credited to no account again. The payer is told, if told of the credit before. */
    async takeBackCredit(staff: StaffCaller, pressed: CreditPress): Promise<CreditPressed> {
      return press(staff, 'takeBackCredit', pressed, async (trx, request, credit, now) => {
        if (credit.state !== 'done' || credit.operation === null) return { outcome: 'gone' };
        const line = await lockCardPaymentLine(trx, credit.operation);
        if (!line) return { outcome: 'gone' };
        const why = whyNotBack(line);
        if (why) return refusePress(trx, request, why, now);
        await deleteCardPaymentLine(trx, line.operation);
        await updateHandCredit(trx, credit.id, { state: 'taken-back' }, now);
        const { account, sumKopecks: sum, noticeKey: told } = credit;
        if (told !== null) await deleteNotice(trx, told);
        if (told !== null && (await hasInOutbox(trx, 'notice', told))) {
          const notice = { text: 'notice-payment-credit-undone', words: { sum, account }, key: `undone/${told}` };
          await tellPayer(trx, payerOf(line), notice, now);
        }
        if (request.state === 'closed') {
          const again = { state: backInWork(request), closedAt: null, reopened: request.reopened + 1, waitingSince: now };
          await updateRequest(trx, request.id, again, now);
          await refresh(trx, request, now);
        }
        const words = { sum, account, operation: line.operation };
        await sayInThread(trx, request, 'desk-money-taken-back', { name: staff.name, ...words }, now);
        await journal(trx, staff, { ...request, account: request.account ?? account }, 'credit-undone', words, now);
        return { outcome: 'done' };
      });
    },

    /** `/refunded причина`: the money was given back at the provider, all of it. */
    async refunded(staff: StaffCaller, { threadRef, words }: MoneyCommand): Promise<MoneyMoved> {
      return move(staff, 'refunded', threadRef, async (trx, held) => {
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
      return move(staff, 'refuse', threadRef, async (trx, held) => {
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
        if ('refused' in asked) return refuse(trx, request, asked, now);
        const { line, reason } = asked;
        await markSettled(trx, line.operation, now);
        const told = { sum: line.sumKopecks, account: line.account, at: line.paidAt.toISOString(), reason };
        const notice = { text: 'notice-payment-settled', words: told, key: `notice-payment-settled/${line.operation}` };
        await tellPayer(trx, payerOf(line), notice, now);
        const said = { sum: line.sumKopecks, account: line.account, operation: line.operation, reason };
        await sayInThread(trx, request, 'desk-money-settled-otherwise', { name: staff.name, ...said }, now);
        await journal(trx, staff, request, 'settle', said, now);
        if (request.state !== 'closed') await closeTrouble(trx, request, staff, now);
        return { outcome: 'done' };
      });
    },
  };
}

const ALL_CREDITED: Refusal = { refused: 'all-credited' };

async function refuse(trx: Trx, request: Request, { refused, words = {} }: Refusal, now: Date): Promise<MoneyMoved> {
  await sayInThread(trx, request, `desk-money-${refused}`, words, now);
  return { outcome: 'refused', why: refused };
}

async function refusePress(trx: Trx, request: Request, why: Refusal, now: Date): Promise<CreditPressed> {
  await refuse(trx, request, why, now);
  return { outcome: 'refused' };
}

async function journal(
  trx: Trx,
  staff: StaffCaller,
  request: Pick<Request, 'number' | 'account' | 'residentId'>,
  verb: string,
  details: TextArgs,
  now: Date,
): Promise<void> {
  const entry = { ...audited(staff), what: `payments.${verb}`, ...about(request), details };
  await insertAuditEntry(trx, entry, now);
}

/** The payment of a thread, held against everybody else. */
async function hold(trx: Trx, request: Request, isSenior: boolean, now: Date): Promise<Held | Refusal> {
  if (request.kind !== 'payment-not-credited') return { refused: 'elsewhere' };
  if (!isSenior) return { refused: 'not-senior' };
  if (request.state === 'closed') return { refused: 'closed' };
  const payment = await lockCardPayment(trx, String(request.words.operation));
  if (!payment) return { refused: 'elsewhere' };
  if (payment.refundedAt !== null) return { refused: 'returned' };
  const lines = await listCardPaymentLines(trx, payment.id);
  const leftKopecks = lines.reduce((left, line) => left - line.sumKopecks, payment.totalKopecks);
  return { request, payment, leftKopecks, places: lines.map(({ place }) => place), now };
}

/** Whose account it is, as staff may see it; or why so much of the payment cannot be credited to it. */
async function creditable(
  trx: Trx,
  { payment, leftKopecks }: Held,
  { account, sumKopecks }: Pick<CreditWords, 'sumKopecks'> & { account: string },
): Promise<{ address: string; owner: string; closed: 'yes' | 'no' } | Refusal> {
  if (payment.currency !== RUB) return { refused: 'foreign-currency' };
  if (leftKopecks === 0) return ALL_CREDITED;
  if (sumKopecks > leftKopecks) return { refused: 'too-much', words: { left: leftKopecks } };
  const found = await findWholeAccount(trx, account);
  if (!found) return { refused: 'no-account', words: { account } };
  return { address: found.address, owner: maskName(found.ownerName), closed: found.closed ? 'yes' : 'no' };
}

type Line = NonNullable<Awaited<ReturnType<typeof lockCardPaymentLine>>>;

/** Why a credit cannot be taken back any more: somebody outside has seen it. */
function whyNotBack({ exportNumber, postedAt, otherAccount, settledAt, refundedAt }: Line): Refusal | undefined {
  if (refundedAt !== null) return { refused: 'returned' };
  if (exportNumber !== null) return { refused: 'exported', words: { export: exportNumber } };
  return postedAt !== null || otherAccount !== null || settledAt !== null ? { refused: 'in-billing' } : undefined;
}

/** The line that a thread is about, and why a senior ends it. */
async function settling(
  trx: Trx,
  request: Request,
  isSenior: boolean,
  words: string,
): Promise<{ line: Line; reason: string } | Refusal> {
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

/** The payment's own number where one account has it all; else `-1`, `-2` after it, as registries know it. */
async function operationFor(trx: Trx, { payment, places }: Held, sumKopecks: number): Promise<string> {
  if (places.length === 0 && sumKopecks === payment.totalKopecks) return payment.operation;
  for (let n = places.length + 1; ; n += 1) {
    const operation = `${payment.operation}-${n}`;
    if (await areOperationsFree(trx, [operation])) return operation;
  }
}

const keyOf = (text: string, payment: KeptPayment, request: Request): string =>
  `${text}/${payment.operation}/${request.reopened}`;

type Paid = Pick<KeptPayment, 'id' | 'messengerId'>;

const payerOf = ({ paymentId, messengerId }: Line): Paid => ({ id: paymentId, messengerId });

/** Whoever paid hears what became of it: with its sum only in a messenger account that is signed in by then. */
async function tellPayer(
  trx: Trx,
  payment: Paid,
  notice: { text: string; words: TextArgs; key: string },
  now: Date,
): Promise<void> {
  if (payment.messengerId === null) return;
  const to = payment.messengerId as MessengerId;
  const residentId = await findOrderer(trx, payment.id);
  const signedOut = { text: 'notice-payment-signed-out', doors: [LOGIN] };
  const owner = residentId === undefined ? undefined : { residentId, signedOut };
  await postNotice(trx, { to, doors: [REQUEST], daytime: true, owner, ...notice }, now);
}
