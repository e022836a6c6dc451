import { type ExportKind, findExport, findLastExportNumber } from '../../records/exports.ts';
import { insertRegistryOrder } from '../../records/registries/orders.ts';
import { insertAuditEntry } from '../../records/audit-log.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { admitStaff } from '../staff/admission.ts';
import type { NotStaff, StaffCaller } from '../staff/staff.ts';
import { needsSenior, type SeniorNeeded, orderedBy } from './who-may.ts';

/** What staff have sent to them as a file, for the first time or once more. */
export function createExportOrders(edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'>) {
  const { clock, staff } = edges;

  return {
    /** What has not gone out yet; it comes as a file. */
    async export(caller: StaffCaller, what: ExportKind): Promise<NotStaff | SeniorNeeded | { outcome: 'exporting' }> {
      const admitted = await admitStaff(staff, caller);
      if (admitted.outcome === 'not-staff') return admitted;
      if (needsSenior(what) && !admitted.senior) return { outcome: 'senior-needed' };
      return idempotent(edges, caller, 'registries.export', async (trx) => {
        const order = await insertRegistryOrder(trx, { ...orderedBy(caller, admitted.senior), what }, clock());
        await insertAuditEntry(
          trx,
          { who: caller.messengerId, name: caller.name, what: 'registries.export', details: { order, kind: what } },
          clock(),
        );
        return { outcome: 'exporting' } as const;
      });
    },

    /** An earlier export once more, byte for byte. */
    async exportAgain(
      caller: StaffCaller,
      what: ExportKind,
      number: number,
    ): Promise<NotStaff | SeniorNeeded | { outcome: 'exporting' } | { outcome: 'no-such-export'; last: number }> {
      const admitted = await admitStaff(staff, caller);
      if (admitted.outcome === 'not-staff') return admitted;
      if (needsSenior(what) && !admitted.senior) return { outcome: 'senior-needed' };
      return idempotent(edges, caller, 'registries.export-again', async (trx) => {
        if (!(await findExport(trx, what, number)))
          return { outcome: 'no-such-export', last: await findLastExportNumber(trx, what) } as const;
        await insertRegistryOrder(trx, { ...orderedBy(caller, admitted.senior), what, exportNumber: number }, clock());
        const details = { kind: what, number };
        await insertAuditEntry(
          trx,
          { who: caller.messengerId, name: caller.name, what: 'registries.export-again', details },
          clock(),
        );
        return { outcome: 'exporting' } as const;
      });
    },
  };
}
