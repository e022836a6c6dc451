import { findNextRegistryOrderDue } from '../../../records/registries/orders.ts';
import type { Bell } from '../../../runtime/bell.ts';
import type { Leads } from '../../../runtime/leads.ts';
import { type OrderParts, orderWorker } from './parts.ts';

/** How often it is looked for what came in unheard; for what broke, and where nothing is heard, more often. */
const IDLE_MS = 30_000;
const AGAIN_MS = 2_000;

/**
 * Works off orders as they come in, one after another; of all processes one does. `stop` waits for the one that is under way. They are no part
 * of the outbox: one takes minutes, in which a lease of the outbox would end, and is a conversation with whoever gave it, not a message.
 */
export function startOrders(leads: Leads, bell: Bell, parts: OrderParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const workOff = orderWorker(parts);

  async function idleMs(): Promise<number> {
    if (!bell.isHeard()) return AGAIN_MS;
    const due = await findNextRegistryOrderDue(parts.db).catch(() => parts.clock());
    const waitMs = due === undefined ? IDLE_MS : due.getTime() - parts.clock().getTime();
    return Math.max(AGAIN_MS, Math.min(IDLE_MS, waitMs));
  }

  const running = leads.lead(
    { name: 'registry orders' },
    async (signal) => {
      while (!signal.aborted) if (!(await workOff())) await bell.wait(await idleMs(), signal);
    },
    stop.signal,
  );
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
