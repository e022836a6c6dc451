import type { WorkingTime } from '../../domain/working-time.ts';
import type { Trx } from '../../records/database.ts';
import { insertDelivery } from '../../records/deliveries.ts';
import type { Request } from '../../records/requests.ts';
import { deskHours, type HoursEdges } from './hours.ts';

/**
 * Tells residents who write out of hours when staff are back: once for a request and a stretch of closed hours. `request` is as it was
 * before this word; where a colleague has answered since work ended, somebody is there and nothing is said.
 */
export async function sayClosed(
  trx: Trx,
  edges: HoursEdges,
  request: Pick<Request, 'id' | 'number' | 'kind' | 'messengerId' | 'state' | 'stateAt'>,
  now: Date,
): Promise<void> {
  const { id, number, kind, messengerId: person, state, stateAt: since } = request;
  if (kind !== 'request' || person === null) return;
  const hours = deskHours(edges);
  const closed = hours.closedAt(now);
  if (!closed || (state === 'answered' && hours.workingMs(since, now) === 0)) return;
  const until = closed.until?.toISOString() ?? '';
  const botMessage = { text: 'desk-closed-hours', words: { number, until, why: whyOf(closed) }, doors: [] };
  await insertDelivery(
    trx,
    { to: { person }, kind: 'say', requestId: id, botMessage, key: `closed-hours/${id}/${until || 'long'}` },
    now,
  );
}

type ClosedSpan = NonNullable<ReturnType<WorkingTime['closedAt']>>;

function whyOf({ until, lunch, known }: ClosedSpan): 'lunch' | 'closed' | 'long' | 'unknown' {
  if (!known) return 'unknown';
  if (until === null) return 'long';
  return lunch ? 'lunch' : 'closed';
}
