import { later, MINUTE_MS } from '../../../domain/durations.ts';
import type { Trx } from '../../../records/database.ts';
import { type HandCredit, lockHandCredit } from '../../../records/hand-credits.ts';
import { type Request, updateRequest } from '../../../records/requests.ts';
import { backInWork } from '../../requests/carry.ts';
import { asStaff, type DeskEdges } from '../as-staff.ts';
import type { NotStaff, StaffCaller } from '../staff.ts';
import { lockPressed, refresh, type ThreadRef } from '../thread.ts';
import { type MoneyRefused, refuseMoney } from './held-payment.ts';

/** What came of a button under a question about money, or under what was done; `gone`: it was answered, or replaced by another one. */
export type CreditPressed = NotStaff | { outcome: 'not-senior' | 'gone' | 'late' | 'done' | 'dropped' | 'refused' };

/** A button: of which request, and of which of its rows of `hand_credits`. */
export type CreditPress = {
  number: number;
  threadRef: ThreadRef;
  credit: number;
  /** By which it is known whether the payment is still what the question says. */
  seen?: string | undefined;
};

/** What was asked for longer ago is asked again: meanwhile somebody may have thought better of it. */
export const ASKED_MS = 30 * MINUTE_MS;

export const isLate = ({ askedAt }: Pick<HandCredit, 'askedAt'>, now: Date): boolean => askedAt < later(now, -ASKED_MS);

/** A press on a button about money: by a senior, at the request's own place. */
export async function pressCredit(
  edges: DeskEdges,
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

export async function refusePress(trx: Trx, request: Request, why: MoneyRefused, now: Date): Promise<CreditPressed> {
  await refuseMoney(trx, request, why, now);
  return { outcome: 'refused' };
}

/** What was decided is not: the closed escalation is in work again, and waits where somebody was promised an answer. */
export async function openAgain(trx: Trx, request: Request, now: Date): Promise<void> {
  if (request.state !== 'closed') return;
  const waitingSince = request.kind === 'payment-not-credited' ? now : null;
  const again = { state: backInWork(request), closedAt: null, reopened: request.reopened + 1, waitingSince };
  await updateRequest(trx, request.id, again, now);
  await refresh(trx, request, now);
}
