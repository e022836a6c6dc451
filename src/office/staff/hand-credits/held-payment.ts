import { findOrderer } from '../../../records/payment-orders.ts';
import { type KeptPayment, lockCardPayment } from '../../../records/card-payments.ts';
import { listCardPaymentLines, type lockCardPaymentLine } from '../../../records/card-payment-lines.ts';
import type { Trx } from '../../../records/database.ts';
import type { Request } from '../../../records/requests.ts';
import { insertAuditEntry } from '../../../records/audit-log.ts';
import type { MessengerId } from '../../caller.ts';
import { type NoticeDoor, postNotice } from '../../notices.ts';
import { about } from '../about.ts';
import { asStaff, type DeskEdges, audited } from '../as-staff.ts';
import type { NotStaff, StaffCaller } from '../staff.ts';
import { lockRequestAt, type Nowhere, type ThreadRef, sayInThread } from '../thread.ts';
import { closeEscalation } from '../close-escalation.ts';

/** Whatever it came to was said in the thread, except to who is no staff and where there is no thread. */
export type MoneyMoved = NotStaff | Nowhere | { outcome: 'done' } | { outcome: 'refused'; why: MoneyRefusal };

/** A command that may name its payment wherever it is given. */
export type MoneyNamed =
  | MoneyMoved
  /** It is asked about in the thread of another request. */
  | { outcome: 'asked-at'; number: number }
  /** There is no thread in which it could be said. */
  | { outcome: 'refused-at-large'; why: MoneyRefusal };

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
  /** All of it is some account's by now. */
  | 'all-credited'
  /** It is no longer what the question says of it. */
  | 'changed'
  /** Billing has it as it should be, or will have it: it cannot be taken back here. */
  | 'exported'
  | 'in-billing'
  /** A senior settled it before. */
  | 'settled'
  | 'posted'
  /** A registry has brought it since it was settled. */
  | 'posted-since';

/** A command in the thread of a payment that was not credited; `words` stand behind it. */
export type MoneyCommand = { threadRef: ThreadRef; words: string };

/** The payment of a thread, and how much of it no account has. */
export type HeldPayment = {
  request: Request;
  payment: KeptPayment;
  leftKopecks: number;
  /** The numbers that its lines have. */
  places: readonly number[];
  now: Date;
};
type MoneyWords = Readonly<Record<string, string | number>>;
/** Why nothing moves, with what the sentence needs. */
export type MoneyRefused = { refused: MoneyRefusal; words?: MoneyWords };
type Moved = { said: string; words: MoneyWords; closes: boolean; reason: string };

const REQUEST: NoticeDoor = { label: 'button-request', dialog: 'request' };
const LOGIN: NoticeDoor = { label: 'button-login', dialog: 'sign-in' };

/** Nothing of the payment is left to be credited. */
export const ALL_CREDITED: MoneyRefused = { refused: 'all-credited' };

/** Says in the thread why nothing moves. */
export async function refuseMoney(
  trx: Trx,
  request: Request,
  { refused, words = {} }: MoneyRefused,
  now: Date,
): Promise<MoneyMoved> {
  await sayInThread(trx, request, `desk-money-${refused}`, words, now);
  return { outcome: 'refused', why: refused };
}

/** Writes down who of the staff moved money, and what of it. */
export async function auditMoney(
  trx: Trx,
  staff: StaffCaller,
  request: Pick<Request, 'number' | 'account' | 'residentId'>,
  verb: string,
  details: MoneyWords,
  now: Date,
): Promise<void> {
  const entry = { ...audited(staff), what: `payments.${verb}`, ...about(request), details };
  await insertAuditEntry(trx, entry, now);
}

/** A command about the payment of a thread: what it comes to is said in the thread and stands in the audit log. */
export async function moveMoney(
  edges: DeskEdges,
  staff: StaffCaller,
  verb: string,
  threadRef: ThreadRef,
  work: (trx: Trx, held: HeldPayment) => Promise<Moved | MoneyRefused | 'asked'>,
): Promise<MoneyMoved> {
  const isSenior = await edges.staff.isSenior(staff.messengerId);
  return asStaff(edges, staff, verb, async (trx, now): Promise<MoneyMoved> => {
    const request = await lockRequestAt(trx, threadRef);
    if (!request) return { outcome: 'nowhere' };
    const held = await holdPayment(trx, request, isSenior, now);
    if ('refused' in held) return refuseMoney(trx, request, held, now);
    const moved = await work(trx, held);
    if (moved === 'asked') return { outcome: 'done' };
    if ('refused' in moved) return refuseMoney(trx, request, moved, now);
    const { said, words, closes, reason } = moved;
    await sayInThread(trx, request, `desk-money-${said}`, { name: staff.name, reason, ...words }, now);
    await auditMoney(trx, staff, request, verb, { operation: held.payment.operation, reason, ...words }, now);
    if (closes) await closeEscalation(trx, request, staff, now);
    return { outcome: 'done' };
  });
}

/** The payment of a thread, held against everybody else. */
export async function holdPayment(trx: Trx, request: Request, isSenior: boolean, now: Date): Promise<HeldPayment | MoneyRefused> {
  if (request.kind !== 'payment-not-credited') return { refused: 'elsewhere' };
  if (!isSenior) return { refused: 'not-senior' };
  if (request.state === 'closed') return { refused: 'closed' };
  const payment = await lockCardPayment(trx, { operation: String(request.words.operation) });
  if (!payment) return { refused: 'elsewhere' };
  if (payment.refundedAt !== null) return { refused: 'returned' };
  const lines = await listCardPaymentLines(trx, payment.id);
  const leftKopecks = lines.reduce((left, line) => left - line.sumKopecks, payment.totalKopecks);
  return { request, payment, leftKopecks, places: lines.map(({ place }) => place), now };
}

/** A line of a payment, held until the transaction ends. */
export type LockedLine = NonNullable<Awaited<ReturnType<typeof lockCardPaymentLine>>>;

type Paid = Pick<KeptPayment, 'id' | 'messengerId'>;

/** Whom a line was paid by. */
export const payerOf = ({ paymentId, messengerId }: LockedLine): Paid => ({ id: paymentId, messengerId });

/** Whoever paid hears what became of it: with its sum only in a messenger account that is signed in by then. */
export async function tellPayer(
  trx: Trx,
  payment: Paid,
  notice: { text: string; words: MoneyWords; key: string },
  now: Date,
): Promise<void> {
  if (payment.messengerId === null) return;
  const to = payment.messengerId as MessengerId;
  const residentId = await findOrderer(trx, payment.id);
  const signedOut = { text: 'notice-payment-signed-out', doors: [LOGIN] };
  const owner = residentId === undefined ? undefined : { residentId, signedOut };
  await postNotice(trx, { to, doors: [REQUEST], daytime: true, owner, ...notice }, now);
}
