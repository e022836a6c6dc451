import type { MessengerId } from '../../../office/caller.ts';
import { exportNew } from '../../../office/exports.ts';
import { PAYMENTS_OUT } from '../../../office/payment-export.ts';
import { READINGS_OUT } from '../../../office/reading-export.ts';
import { findExport } from '../../../records/exports.ts';
import { markOrderTold, updateRegistryOrder, type RegistryOrder } from '../../../records/registry-orders.ts';
import type { OrderParts } from './parts.ts';

const OUTGOING = { readings: READINGS_OUT, payments: PAYMENTS_OUT } as const;

/** Makes an export that was asked for. It is marked and given its number together with the order: a process that dies then hands it over later. */
export async function makeExport(parts: OrderParts, order: RegistryOrder): Promise<void> {
  const { db, clock } = parts;
  if (order.what === 'import' || order.what === 'undo') return;
  if (order.export_number !== null) {
    await updateRegistryOrder(db, order, { state: 'exported' }, clock());
    return handExport(parts, { ...order, state: 'exported' });
  }
  const made = await exportNew({ db, clock }, OUTGOING[order.what], async (_, { trx, number }) => {
    const change = { state: 'exported' as const, export_number: number ?? NOTHING };
    if (!(await updateRegistryOrder(trx, order, change, clock()))) throw new Error('the order was taken up twice');
  });
  await handExport(parts, { ...order, state: 'exported', export_number: made.number ?? NOTHING });
}

/** In place of a number where there was nothing to write. */
const NOTHING = 0;

/** Hands over what was made, byte for byte as it is kept. */
export async function handExport({ db, voice, texts }: OrderParts, order: RegistryOrder): Promise<void> {
  const { what, export_number: number } = order;
  if (what === 'import' || what === 'undo') return;
  const to = order.messenger_id as MessengerId;
  const found = number ? await findExport(db, what, number) : undefined;
  if (found) {
    const words = { kind: what, number: String(number), rows: found.rows, at: found.made_at.toISOString() };
    const file = { name: `${what}-${number}.csv`, content: found.content };
    await voice.hand(to, file, { html: texts.text('export-made', words, { html: true }), doors: [] });
  } else await voice.show(to, { html: texts.text('export-nothing', { kind: what }, { html: true }), doors: [] }, null);
  await markOrderTold(db, order);
}
