import { formatPhone } from '../../domain/phone.ts';
import { findResident } from '../../records/residents.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import { about } from './about.ts';
import { asStaff, type DeskEdges, audited } from './as-staff.ts';
import type { NotStaff, StaffCaller } from './staff.ts';
import { lockPressed, type ThreadRef } from './thread.ts';

export type PhoneSeen = { outcome: 'seen'; phone: string } | { outcome: 'none' | 'gone' } | NotStaff;

/** «Показать телефон»: of whoever wrote a request; each look is in the journal before anything is shown. */
export function createPhone(edges: DeskEdges) {
  return {
    async phone(staff: StaffCaller, number: number, threadRef: ThreadRef): Promise<PhoneSeen> {
      // The phone itself is not kept with what came of a press.
      const looked = await asStaff(edges, staff, 'phone', async (trx, now) => {
        const request = await lockPressed(trx, number, threadRef);
        if (!request) return { outcome: 'gone' } as const;
        const { residentId } = request;
        if (residentId === null) return { outcome: 'none' } as const;
        await insertAuditEntry(trx, { ...audited(staff), what: 'residents.phone', ...about(request) }, now);
        return { outcome: 'looked', residentId } as const;
      });
      if (looked.outcome !== 'looked') return looked;
      const phone = (await findResident(edges.db, looked.residentId))?.phone ?? null;
      return phone === null ? { outcome: 'none' } : { outcome: 'seen', phone: formatPhone(phone) };
    },
  };
}
