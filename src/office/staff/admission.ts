import type { Caller } from '../caller.ts';
import type { StaffEdge } from '../edges.ts';
import type { NotStaff } from './staff.ts';

/** Whether the caller is staff at this moment, and a senior. @throws where the messenger does not tell. */
export async function admitStaff(
  staff: StaffEdge,
  caller: Caller,
  how = { afresh: false },
): Promise<NotStaff | { outcome: 'admitted'; senior: boolean }> {
  if (!(await staff.isMember(caller.messengerId, how))) return { outcome: 'not-staff' };
  return { outcome: 'admitted', senior: await staff.isSenior(caller.messengerId) };
}

/** Whoever is asked for something that only a senior may do. */
export type NotAllowed = NotStaff | { outcome: 'senior-needed' };

/** The same, where it takes a senior. */
export async function admitSenior(
  staff: StaffEdge,
  caller: Caller,
  how?: { afresh: boolean },
): Promise<NotAllowed | { outcome: 'open' }> {
  const admitted = await admitStaff(staff, caller, how);
  if (admitted.outcome === 'not-staff') return admitted;
  return { outcome: admitted.senior ? 'open' : 'senior-needed' };
}

/** The same, where it reaches thousands at once: whoever left the group a moment ago does nothing of that any more. */
export async function admitSender(staff: StaffEdge, caller: Caller): Promise<NotAllowed | { outcome: 'open' }> {
  return admitSenior(staff, caller, { afresh: true });
}
