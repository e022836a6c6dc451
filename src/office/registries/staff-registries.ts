import { findLastExportNumber } from '../../records/exports.ts';
import { listImports } from '../../records/registries/imports.ts';
import type { OfficeEdges } from '../edges.ts';
import { admitStaff } from '../staff/admission.ts';
import type { NotStaff, StaffCaller } from '../staff/staff.ts';
import type { Layout } from './layouts/layout.ts';
import { createExportOrders } from './export-orders.ts';
import { createImportOrders } from './import-orders.ts';
import { createUndoOrders } from './undo-orders.ts';

export type StaffRegistries = ReturnType<typeof createStaffRegistries>;

/**
 * Section 5, staff in private: registry files in and out through the chat. Whoever is staff may have a file checked; where money is in it, or
 * residents' links close by it, a senior takes it in, and a senior undoes it. What is asked for here is done by a worker.
 */
export function createStaffRegistries(
  edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'> & { centre: { layouts: readonly Layout[] } },
) {
  const { db, staff } = edges;

  return {
    /** Whether the caller may be here, the numbers of the last exports (0: none yet), and whether there are imports. */
    async enter(
      caller: StaffCaller,
    ): Promise<NotStaff | { outcome: 'open'; senior: boolean; readings: number; payments: number; imports: boolean }> {
      const admitted = await admitStaff(staff, caller);
      if (admitted.outcome === 'not-staff') return admitted;
      const [readings, payments] = [await findLastExportNumber(db, 'readings'), await findLastExportNumber(db, 'payments')];
      const imports = (await listImports(db, 1)).length > 0;
      return { outcome: 'open', senior: admitted.senior, readings, payments, imports };
    },

    ...createImportOrders(edges),
    ...createUndoOrders(edges),
    ...createExportOrders(edges),
  };
}
