import { MARKS } from '../../domain/request.ts';
import type { Trx } from '../../records/database.ts';
import { insertNotices, deleteNotice } from '../../records/notices.ts';
import type { Request } from '../../records/requests.ts';
import type { NoticeDoor } from '../notices.ts';

/** Under the words that a request was closed. */
export function closedDoors(number: number): readonly NoticeDoor[] {
  return [
    ...MARKS.toReversed().map(
      (mark): NoticeDoor => ({ label: `button-mark-${mark}`, dialog: 'rate-request', ref: `${number}-${mark}` }),
    ),
    { label: 'button-reopen-request', dialog: 'reopen-request', ref: String(number) },
  ];
}

/**
 * Tells whoever wrote the request that staff have closed it, by day, with a door for each mark and one to have it taken up again; a resident who
 * has switched «Ответы на обращения» off is not told.
 */
export async function tellClosed(
  trx: Trx,
  request: Pick<Request, 'id' | 'number' | 'messengerId' | 'residentId' | 'reopened' | 'firstAnsweredAt'>,
  now: Date,
): Promise<void> {
  const { id, number, messengerId, residentId, reopened } = request;
  if (messengerId === null) return;
  const notice = {
    addressee: messengerId,
    text: 'notice-requests',
    words: { number, answered: request.firstAnsweredAt === null ? 'no' : 'yes' },
    doors: closedDoors(number),
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
