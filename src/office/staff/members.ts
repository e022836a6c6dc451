import type { Caller } from '../caller.ts';
import type { OfficeEdges } from '../edges.ts';
import type { StaffRole } from './staff.ts';

/** Who is staff at this moment. What this says opens menus only: each verb of the desk asks for itself. */
export function createStaffMembers({ staff }: Pick<OfficeEdges, 'staff'>) {
  return {
    /** @throws where the messenger does not tell. */
    async role({ messengerId }: Caller): Promise<StaffRole> {
      if (!(await staff.isMember(messengerId))) return { role: 'none' };
      return { role: (await staff.isSenior(messengerId)) ? 'senior' : 'member' };
    },
  };
}
