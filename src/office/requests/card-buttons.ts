import type { DeskVerb } from '../../domain/doors.ts';
import type { Db } from '../../records/database.ts';
import { hasDeliveredAnswer } from '../../records/request-messages.ts';
import type { Request } from '../../records/requests.ts';
import { findResident } from '../../records/residents.ts';
import { hasMoneyAside } from '../../records/update-inbox.ts';
import { resolutionsOf } from '../staff/resolutions.ts';

/** A button below a thread's card: the name of its label's text, what it asks for, and what that verb needs besides. */
export type CardButton = { label: string; verb: DeskVerb; rest: string };

/** What staff can do about a request as it is now, row by row. */
export async function listCardButtons(db: Db, request: Request): Promise<CardButton[][]> {
  const { id, state, kind } = request;
  const moneyAside = state === 'closed' && kind === 'payment-failed' && (await hasMoneyAside(db, id));
  const resolutions = resolutionsOf(request, { moneyAside }).map(({ resolution, label }) => [
    button(label, 'resolution', resolution),
  ]);
  // Whose consent was withdrawn has nobody to go on with.
  if (state === 'closed') return isOfNobody(request) ? [] : [[button('button-reopen-request', 'reopen')], ...resolutions];
  const take = state === 'new' ? [button('button-request-take', 'take')] : [];
  // An escalation ends by what is done about it.
  if (resolutions.length > 0) return [take, ...resolutions].filter(({ length }) => length > 0);
  const phone = (await hasPhone(db, request)) ? [[button('button-show-phone', 'phone')]] : [];
  const withdraw = (await hasDeliveredAnswer(db, id)) ? [[button('button-answer-withdraw', 'withdraw')]] : [];
  return [[...take, button('button-request-close', 'close')], ...withdraw, ...phone];
}

/** Whether staff can be shown a phone of who asks. */
export async function hasPhone(db: Db, { residentId }: Pick<Request, 'residentId'>): Promise<boolean> {
  return residentId !== null && Boolean((await findResident(db, residentId))?.phone);
}

const button = (label: string, verb: DeskVerb, rest = ''): CardButton => ({ label, verb, rest });

const isOfNobody = ({ kind, messengerId }: Request): boolean => kind === 'request' && messengerId === null;
