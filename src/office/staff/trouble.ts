import type { Trx } from '../../records/database.ts';
import { updateRequest, type Request } from '../../records/requests.ts';
import type { StaffCaller } from './staff.ts';
import { refresh } from './thread.ts';

/** Closes a trouble without a notice. Whoever closed it becomes its lead, where it had none. */
export async function closeTrouble(trx: Trx, request: Request, staff: StaffCaller, now: Date): Promise<void> {
  const hand = request.taken_by === null ? { taken_by: staff.messengerId, taken_by_name: staff.name } : {};
  await updateRequest(trx, request.id, { state: 'closed', closed_at: now, waiting_since: null, raised_at: null, ...hand }, now);
  await refresh(trx, request, now);
}
