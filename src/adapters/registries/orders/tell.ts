import { sentFileName } from '../../../domain/registry-file.ts';
import type { MessengerId } from '../../../office/caller.ts';
import type { MessageRef } from '../../../office/desk/message-part.ts';
import { findOrderMessage, updateOrderMessage, type RegistryOrder } from '../../../records/registry-orders.ts';
import type { OrderParts } from './parts.ts';
import { type Said, wordsOf } from './words.ts';

const PROGRESS_MS = 3000;

/** Says how it stands with an order, in the order's own message; false where the chat takes nothing. */
export async function tellState(parts: OrderParts, order: RegistryOrder): Promise<boolean> {
  const said = wordsOf(order);
  return said !== undefined && show(parts, order, said);
}

async function show({ db, voice, texts }: OrderParts, order: RegistryOrder, { text, words, doors }: Said): Promise<boolean> {
  const spoken = {
    html: texts.text(text, words, { html: true }),
    doors: doors.map((door) => ({ ...door, label: texts.text(door.label) })),
  };
  const before = (await findOrderMessage(db, order.id)) as MessageRef | null;
  const message = await voice.show(order.messenger_id as MessengerId, spoken, before);
  if (message !== undefined && message !== before) await updateOrderMessage(db, order.id, message);
  return message !== undefined;
}

/** Hands the refused rows back, each with its reason. */
export async function handRefused({ voice, texts }: OrderParts, order: RegistryOrder, path: string): Promise<void> {
  const name = order.file_name ?? '';
  const html = texts.text('registry-refused-rows', { name, refused: order.report?.refused ?? 0 }, { html: true });
  const file = { name: `${sentFileName(name)}.refused.csv`, content: { path } };
  await voice.hand(order.messenger_id as MessengerId, file, { html, doors: [] });
}

/** Tells every few seconds how far a long file has come, one telling at a time; what cannot be told is left. */
export function openProgress(parts: OrderParts, order: RegistryOrder, doing: 'checking' | 'conducting') {
  let toldAt = parts.paceClock().getTime();
  let telling: Promise<unknown> | undefined;
  return {
    rows(rows: number): void {
      const now = parts.paceClock().getTime();
      if (telling || now - toldAt < PROGRESS_MS) return;
      const words = { name: order.file_name ?? '', doing, rows };
      telling = show(parts, order, { text: 'registry-progress', words, doors: [] })
        .catch(() => {})
        .finally(() => {
          toldAt = parts.paceClock().getTime();
          telling = undefined;
        });
    },
    /** Nothing is being told any more. */
    settled: async () => void (await telling),
  };
}
