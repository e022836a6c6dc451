import type { Trx } from '../../records/database.ts';
import { updateRequest, type Request } from '../../records/requests.ts';
import type { StaffCaller } from './staff.ts';
import { refresh } from './thread.ts';

/** Closes an escalation without a notice. Whoever closed it becomes its lead, where it had none. */
export async function closeEscalation(trx: Trx, request: Request, staff: StaffCaller, now: Date): Promise<void> {
  const hand = request.takenBy === null ? { takenBy: staff.messengerId, takenByName: staff.name } : {};
  await updateRequest(trx, request.id, { state: 'closed', closedAt: now, waitingSince: null, raisedAt: null, ...hand }, now);
  await refresh(trx, request, now);
}
