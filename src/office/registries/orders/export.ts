import { findExport } from '../../../records/exports.ts';
import { markRegistryOrderTold, type RegistryOrder, updateRegistryOrder } from '../../../records/registries/orders.ts';
import type { MessengerId } from '../../caller.ts';
import { exportNew } from '../exports.ts';
import { PAYMENTS_OUT } from '../../money/payment-export.ts';
import { READINGS_OUT } from '../../readings/reading-export.ts';
import type { OrderEdges } from './edges.ts';
import { markUntold } from './untold.ts';

const OUTGOING = { readings: READINGS_OUT, payments: PAYMENTS_OUT } as const;

/** Makes an export that was asked for. It is marked and given its number together with the order: a process that dies then hands it over later. */
export async function makeExport(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const { db, clock } = edges;
  if (order.what === 'import' || order.what === 'undo') return;
  if (order.exportNumber !== null) {
    await updateRegistryOrder(db, order, { state: 'exported' }, clock());
    return handExport(edges, { ...order, state: 'exported' });
  }
  const made = await exportNew({ db, clock }, OUTGOING[order.what], async (_, { trx, number }) => {
    const change = { state: 'exported' as const, exportNumber: number ?? NOTHING };
    if (!(await updateRegistryOrder(trx, order, change, clock()))) throw new Error('the order was taken up twice');
  });
  await handExport(edges, { ...order, state: 'exported', exportNumber: made.number ?? NOTHING });
}

/** In place of a number where there was nothing to write. */
const NOTHING = 0;

/** Hands over what was made, byte for byte as it is kept; where its chat does not take it, the group reads by which number it is had. */
export async function handExport(edges: OrderEdges, order: RegistryOrder): Promise<void> {
  const { db, voice } = edges;
  const { what, exportNumber: number } = order;
  if (what === 'import' || what === 'undo') return;
  const to = order.messengerId as MessengerId;
  const found = number ? await findExport(db, what, number) : undefined;
  if (found) {
    const words = { kind: what, number: String(number), rows: found.rows, at: found.madeAt.toISOString() };
    const file = { name: `${what}-${number}.csv`, content: found.content };
    if (!(await voice.hand(to, file, { text: 'export-made', words }))) return markUntold(edges, order);
  } else await voice.show(to, { text: 'export-nothing', words: { kind: what } }, null);
  await markRegistryOrderTold(db, order);
}
