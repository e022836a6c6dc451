import { findExport } from '../../../records/exports.ts';
import { markRegistryOrderTold, type RegistryOrder } from '../../../records/registries/orders.ts';
import type { Trx } from '../../../records/database.ts';
import { postNotice, type StaffNotice } from '../../notices.ts';
import type { OrderEdges } from './edges.ts';
import { orderName } from './order-name.ts';

/**
 * An order has come to its end, and what came of it could not be brought to whoever gave it: the group reads what that was, and how it is had
 * once more. What the group is told of anyway (a registry that was taken in, an import that was undone) it is not told twice.
 */
export async function markUntold({ db, clock }: Pick<OrderEdges, 'db' | 'clock'>, order: RegistryOrder): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await markRegistryOrderTold(trx, order))) return;
    const told = await untoldOf(trx, order);
    if (told) await postNotice(trx, { to: 'staff', ...told }, clock());
  });
}

async function untoldOf(trx: Trx, order: RegistryOrder): Promise<Pick<StaffNotice, 'text' | 'words'> | undefined> {
  const { what, state, exportNumber, report, byName: by } = order;
  const said = (outcome: Untold) => ({ text: 'staff-order-untold', words: { outcome, by, ...wordsOfOrder(order) } });
  switch (state) {
    case 'exported': {
      const made =
        exportNumber && (what === 'readings' || what === 'payments') ? await findExport(trx, what, exportNumber) : undefined;
      if (!made) return undefined;
      return { text: 'staff-export-unhanded', words: { kind: what, number: String(exportNumber), rows: made.rows, by } };
    }
    case 'checked':
      return said('checked');
    case 'applied':
      return report && report.refused > 0 ? said('rows') : undefined;
    case 'refused':
      return said(what);
    case 'undone':
    case 'dropped':
    case 'to-check':
    case 'to-apply':
    case 'to-export':
    case 'to-undo':
      return undefined;
  }
}

/** What nobody was told: what a check found, which rows of a registry were refused; or that this could not be done at all. */
type Untold = 'checked' | 'rows' | RegistryOrder['what'];

const wordsOfOrder = (order: RegistryOrder) => ({
  name: orderName(order),
  number: order.importId === null ? 'none' : String(order.importId),
  refused: order.report?.refused ?? 0,
});
