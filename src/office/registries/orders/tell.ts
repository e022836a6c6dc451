import { sentFileName } from '../../../domain/registry-file.ts';
import { findRegistryOrderMessage, type RegistryOrder, updateRegistryOrderMessage } from '../../../records/registries/orders.ts';
import type { MessengerId } from '../../caller.ts';
import type { MessageRef } from '../../staff/message-part.ts';
import type { Said } from '../../edges.ts';
import type { OrderEdges } from './edges.ts';
import { orderName } from './order-name.ts';
import { wordsOf } from './words.ts';

const PROGRESS_MS = 3000;

/** Says how it stands with an order, in the order's own message; false where the chat takes nothing. */
export async function tellState(edges: OrderEdges, order: RegistryOrder): Promise<boolean> {
  const said = wordsOf(order, edges.isDescribed);
  return said !== undefined && show(edges, order, said);
}

async function show({ db, voice }: OrderEdges, order: RegistryOrder, said: Said): Promise<boolean> {
  const before = (await findRegistryOrderMessage(db, order.id)) as MessageRef | null;
  const message = await voice.show(order.messengerId as MessengerId, said, before);
  if (message !== undefined && message !== before) await updateRegistryOrderMessage(db, order.id, message);
  return message !== undefined;
}

/** Hands the refused rows back, each with its reason; false where the chat does not take them. */
export async function handRefused({ voice }: OrderEdges, order: RegistryOrder, path: string): Promise<boolean> {
  const name = orderName(order);
  const words = { name, refused: order.report?.refused ?? 0 };
  const file = { name: `${sentFileName(name)}.refused.csv`, content: { path } };
  return voice.hand(order.messengerId as MessengerId, file, { text: 'registry-refused-rows', words });
}

/** Tells every few seconds how far a long file has come, one telling at a time; what cannot be told is left. */
export function openRowReport(edges: OrderEdges, order: RegistryOrder, doing: 'checking' | 'applying') {
  let toldAt = edges.paceClock().getTime();
  let telling: Promise<unknown> | undefined;
  return {
    rows(rows: number): void {
      const now = edges.paceClock().getTime();
      if (telling || now - toldAt < PROGRESS_MS) return;
      const words = { name: orderName(order), doing, rows };
      telling = show(edges, order, { text: 'registry-progress', words })
        .catch(() => {})
        .finally(() => {
          toldAt = edges.paceClock().getTime();
          telling = undefined;
        });
    },
    /** Nothing is being told any more. */
    settled: async () => void (await telling),
  };
}
