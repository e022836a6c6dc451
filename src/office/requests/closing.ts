import { ratingRef } from '../../domain/door-refs.ts';
import { MARKS } from '../../domain/request.ts';
import type { Trx } from '../../records/database.ts';
import { insertNotices, deleteNotice } from '../../records/notices.ts';
import type { Request } from '../../records/requests.ts';
import type { NoticeDoor } from '../notices.ts';

/** Under the words that a request was closed: where nobody answered, there is nothing to rate. */
function closedDoors({ number, firstAnsweredAt }: Pick<Request, 'number' | 'firstAnsweredAt'>): readonly NoticeDoor[] {
  const ref = String(number);
  return [
    ...(firstAnsweredAt === null
      ? []
      : MARKS.toReversed().map(
          (mark): NoticeDoor => ({ label: `button-mark-${mark}`, dialog: 'rate-request', ref: ratingRef(number, mark) }),
        )),
    { label: 'button-reopen-request', dialog: 'reopen-request', ref },
  ];
}

/**
 * Tells whoever wrote the request that it is closed, by day, with a door for each mark and one to have it taken up again: by staff, or by
 * itself after so many `days` in which nobody said more, and then `writesOn` says whether it is taken up again by words alone. A resident who
 * has switched «Ответы на обращения» off is not told.
 */
export async function tellClosed(
  trx: Trx,
  request: Pick<Request, 'id' | 'number' | 'messengerId' | 'residentId' | 'reopened' | 'firstAnsweredAt'>,
  now: Date,
  quiet?: { days: number; writesOn: boolean },
): Promise<void> {
  const { id, number, messengerId, residentId, reopened } = request;
  if (messengerId === null) return;
  const answered = request.firstAnsweredAt !== null;
  const notice = {
    addressee: messengerId,
    // To whom staff wrote first, nobody has answered.
    ...(quiet !== undefined && answered
      ? { text: 'notice-requests-quiet', words: { number, days: quiet.days, writesOn: quiet.writesOn } }
      : { text: 'notice-requests', words: { number, answered } }),
    doors: closedDoors(request),
    key: closingKey(id, reopened),
    runAt: now,
    daytime: true,
    ...(residentId !== null && { news: { kind: 'requests' as const, residentId, account: null } }),
  };
  await insertNotices(trx, [notice], now);
}

/** It was reopened before the notice of its closing went out: the notice is cancelled. */
export async function tellNotClosed(trx: Trx, { id, reopened }: Pick<Request, 'id' | 'reopened'>): Promise<void> {
  await deleteNotice(trx, closingKey(id, reopened));
}

const closingKey = (id: string, reopened: number) => `request-closed/${id}/${reopened}`;
