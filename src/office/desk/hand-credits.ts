import { readCreditWords, readReason } from '../../domain/money-command.ts';
import { findAccount } from '../../records/accounts.ts';
import {
  addCardPaymentLine,
  areOperationsFree,
  type KeptPayment,
  keepCardPayment,
  listCardPaymentLines,
  markRefunded,
} from '../../records/card-payments.ts';
import type { Trx } from '../../records/database.ts';
import { findOrderer } from '../../records/payment-orders.ts';
import type { Request } from '../../records/requests.ts';
import { writeJournal } from '../../records/staff-journal.ts';
import type { MessengerId } from '../caller.ts';
import { postNotice } from '../notices.ts';
import { matchPayments } from '../payment-matching.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, journaled } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { keepRequestAt, type Nowhere, type Spot, sayInThread } from './thread.ts';
import { closeTrouble } from './trouble.ts';

/** Whatever it came to was said in the thread, except to who is no staff and where there is no thread. */
export type MoneyMoved = NotStaff | Nowhere | { outcome: 'done' } | { outcome: 'refused'; why: MoneyRefusal };

/** Each is a text `desk-money-<why>`. */
export type MoneyRefusal =
  | 'not-senior'
  /** The thread is about something else. */
  | 'elsewhere'
  | 'closed'
  /** The command is not written as it has to be. */
  | 'credit-unclear'
  | 'reason-missing'
  | 'no-account'
  /** More than is left of the payment. */
  | 'too-much'
  /** It went back to the payer. */
  | 'returned'
  | 'foreign-currency'
  /** A part of it is some account's by now. */
  | 'partly-credited';

/** A command in the thread of a payment that was not credited; `words` stand behind it. */
export type MoneyCommand = { spot: Spot; words: string };

type Held = { request: Request; payment: KeptPayment; leftKopecks: number; lines: number; now: Date };
type Refusal = { refused: MoneyRefusal; words?: Readonly<Record<string, string | number>> };
type Moved = {
  said: string;
  words: Readonly<Record<string, string | number>>;
  closes: boolean;
  reason: string;
  account?: string;
};

const RUB = 'RUB';
const REQUEST = { label: 'button-request', dialog: 'request' };
const LOGIN = { label: 'button-login', dialog: 'sign-in' };

export type HandCredits = ReturnType<typeof createHandCredits>;

/** Money that was taken and is nobody's: seniors give it to accounts, note that it went back, or refuse it; each with a reason, journaled. */
export function createHandCredits(edges: DeskEdges) {
  async function move(
    staff: StaffCaller,
    verb: string,
    spot: Spot,
    work: (trx: Trx, held: Held) => Promise<Moved | Refusal>,
  ): Promise<MoneyMoved> {
    const isSenior = await edges.staff.isSenior(staff.messengerId);
    return asStaff(edges, staff, verb, async (trx, now): Promise<MoneyMoved> => {
      const request = await keepRequestAt(trx, spot);
      if (!request) return { outcome: 'nowhere' };
      const held = await hold(trx, request, isSenior, now);
      if ('refused' in held) return refuse(trx, request, held, now);
      const moved = await work(trx, held);
      if ('refused' in moved) return refuse(trx, request, moved, now);
      const { said, words, closes, reason, account } = moved;
      await sayInThread(trx, request, `desk-money-${said}`, { name: staff.name, reason, ...words }, now);
      const entry = {
        ...journaled(staff),
        what: `payments.${verb}`,
        ...about(request),
        ...(account !== undefined && { account }),
      };
      await writeJournal(trx, { ...entry, details: { operation: held.payment.operation, reason, ...words } }, now);
      if (closes) await closeTrouble(trx, request, staff, now);
      return { outcome: 'done' };
    });
  }

  return {
    /** `/credit 0012345 1234,56 причина`: so much of the payment is the account's. Once nothing is left, the trouble is over. */
    async credit(staff: StaffCaller, { spot, words }: MoneyCommand): Promise<MoneyMoved> {
      return move(staff, 'credit', spot, async (trx, held) => {
        const { payment, leftKopecks, request, now } = held;
        const wanted = readCreditWords(words);
        if (!wanted) return { refused: 'credit-unclear' };
        const { account, sumKopecks, reason } = wanted;
        if (payment.currency !== RUB) return { refused: 'foreign-currency' };
        if (sumKopecks > leftKopecks) return { refused: 'too-much', words: { left: leftKopecks } };
        if (!(await findAccount(trx, account))) return { refused: 'no-account', words: { account } };
        const operation = await operationFor(trx, held, sumKopecks);
        const line = { operation, payment_id: payment.id, place: held.lines + 1, account, sum_kopecks: sumKopecks };
        await addCardPaymentLine(trx, line);
        await matchPayments(trx, { now, accounts: [account] });
        await tellPayer(trx, held, 'notice-payment-credited', { sum: sumKopecks, account }, operation);
        const left = leftKopecks - sumKopecks;
        const said = left === 0 ? 'credited' : 'credited-part';
        return {
          said,
          words: { sum: sumKopecks, account, left, operation },
          closes: left === 0,
          reason,
          account: request.account ?? account,
        };
      });
    },

    /** `/refunded причина`: the money was given back at the provider, all of it. */
    async refunded(staff: StaffCaller, { spot, words }: MoneyCommand): Promise<MoneyMoved> {
      return move(staff, 'refunded', spot, async (trx, held) => {
        const { payment, lines, now } = held;
        const reason = readReason(words);
        if (reason === undefined) return { refused: 'reason-missing' };
        if (lines > 0) return { refused: 'partly-credited' };
        await markRefunded(trx, payment.id, now);
        await tellPayer(trx, held, 'notice-payment-returned', { sum: payment.total_kopecks }, payment.operation);
        return { said: 'refunded', words: { sum: payment.total_kopecks }, closes: true, reason };
      });
    },

    /** `/refuse причина`: what is left of the payment is credited to nobody; the payer reads the reason. */
    async refuse(staff: StaffCaller, { spot, words }: MoneyCommand): Promise<MoneyMoved> {
      return move(staff, 'refuse', spot, async (trx, held) => {
        const reason = readReason(words);
        if (reason === undefined) return { refused: 'reason-missing' };
        const told = { sum: held.leftKopecks, reason };
        await tellPayer(trx, held, 'notice-payment-refused', told, held.payment.operation);
        return { said: 'refused', words: { sum: held.leftKopecks }, closes: true, reason };
      });
    },
  };
}

async function refuse(trx: Trx, request: Request, { refused, words = {} }: Refusal, now: Date): Promise<MoneyMoved> {
  await sayInThread(trx, request, `desk-money-${refused}`, words, now);
  return { outcome: 'refused', why: refused };
}

/** The payment of a thread, held against everybody else. */
async function hold(trx: Trx, request: Request, isSenior: boolean, now: Date): Promise<Held | Refusal> {
  if (request.kind !== 'payment-not-credited') return { refused: 'elsewhere' };
  if (!isSenior) return { refused: 'not-senior' };
  if (request.state === 'closed') return { refused: 'closed' };
  const payment = await keepCardPayment(trx, String(request.words.operation));
  if (!payment) return { refused: 'elsewhere' };
  if (payment.refunded_at !== null) return { refused: 'returned' };
  const lines = await listCardPaymentLines(trx, payment.id);
  const leftKopecks = lines.reduce((left, line) => left - line.sum_kopecks, payment.total_kopecks);
  return { request, payment, leftKopecks, lines: lines.length, now };
}

/** The payment's own number where one account has it all; else `-1`, `-2` after it, as registries know it. */
async function operationFor(trx: Trx, { payment, lines }: Held, sumKopecks: number): Promise<string> {
  if (lines === 0 && sumKopecks === payment.total_kopecks) return payment.operation;
  for (let n = lines + 1; ; n += 1) {
    const operation = `${payment.operation}-${n}`;
    if (await areOperationsFree(trx, [operation])) return operation;
  }
}

/** Whoever paid was told that staff would see to it. */
async function tellPayer(
  trx: Trx,
  { payment, request, now }: Held,
  text: string,
  words: Readonly<Record<string, string | number>>,
  operation: string,
): Promise<void> {
  if (payment.messenger_id === null) return;
  const to = payment.messenger_id as MessengerId;
  const key = `${text}/${operation}/${request.reopened}`;
  const residentId = await findOrderer(trx, payment.id);
  const signedOut = { text: 'notice-payment-signed-out', doors: [LOGIN] };
  const whose = residentId === undefined ? undefined : { residentId, signedOut };
  await postNotice(trx, { to, text, words, doors: [REQUEST], key, daytime: true, whose }, now);
}
