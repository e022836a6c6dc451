import { saveColleague } from '../../records/colleagues.ts';
import type { Trx } from '../../records/database.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent, type Plain } from '../idempotent.ts';
import type { NotStaff, StaffCaller } from './staff.ts';

export type DeskEdges = Pick<OfficeEdges, 'db' | 'clock' | 'staff'>;

/** Whom the journal names. */
export const audited = ({ messengerId, name }: StaffCaller) => ({ who: messengerId, name });

/**
 * Does `work` in one transaction, once for the caller's operation, if the caller is a member of the staff group at this moment.
 * @throws where the messenger does not tell who is a member: then nothing is done.
 */
export async function asStaff<A extends Plain>(
  edges: DeskEdges,
  staff: StaffCaller,
  verb: string,
  work: (trx: Trx, now: Date) => Promise<A>,
): Promise<A | NotStaff> {
  if (!(await edges.staff.isMember(staff.messengerId))) return { outcome: 'not-staff' };
  return idempotent(edges, staff, `desk.${verb}`, async (trx) => {
    const now = edges.clock();
    const { messengerId, name, username } = staff;
    await saveColleague(trx, { messengerId, name: name || messengerId, username: username?.toLowerCase() ?? null }, now);
    return work(trx, now);
  });
}
