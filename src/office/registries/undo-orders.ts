import { type ImportSummary, isImport, listImports } from '../../records/registries/imports.ts';
import { insertRegistryOrder } from '../../records/registries/orders.ts';
import type { OfficeEdges } from '../edges.ts';
import { idempotent } from '../idempotent.ts';
import { admitStaff } from '../staff/admission.ts';
import type { NotStaff, StaffCaller } from '../staff/staff.ts';
import { type SeniorNeeded, orderedBy } from './who-may.ts';

const IMPORTS_SHOWN = 8;

/** Imports that a senior has undone. */
export function createUndoOrders(edges: Pick<OfficeEdges, 'db' | 'clock' | 'staff'>) {
  const { db, clock, staff } = edges;

  return {
    /** What was taken in last, from the newest: for a senior who is about to undo one. */
    async lastImports(caller: StaffCaller): Promise<NotStaff | SeniorNeeded | { outcome: 'listed'; imports: ImportSummary[] }> {
      const admitted = await admitStaff(staff, caller);
      if (admitted.outcome === 'not-staff') return admitted;
      if (!admitted.senior) return { outcome: 'senior-needed' };
      return { outcome: 'listed', imports: await listImports(db, IMPORTS_SHOWN) };
    },

    /** «Отменить загрузку»: an import by its number, however it came in. What it did is undone by a worker, or it says why not. */
    async undo(
      caller: StaffCaller,
      number: number,
    ): Promise<NotStaff | SeniorNeeded | { outcome: 'undoing'; number: number } | { outcome: 'no-such-import' }> {
      const admitted = await admitStaff(staff, caller);
      if (admitted.outcome === 'not-staff') return admitted;
      if (!admitted.senior) return { outcome: 'senior-needed' };
      return idempotent(edges, caller, 'registries.undo', async (trx) => {
        if (!(await isImport(trx, number))) return { outcome: 'no-such-import' } as const;
        await insertRegistryOrder(trx, { ...orderedBy(caller, admitted.senior), what: 'undo', importId: number }, clock());
        return { outcome: 'undoing', number } as const;
      });
    },
  };
}
