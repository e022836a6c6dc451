import { leadAlone } from '../../postgres/leader.ts';
import { sleep } from '../../sleep.ts';
import { type OrderParts, orderWorker } from './parts.ts';

const IDLE_MS = 700;

/** Works off orders as they come in, one after another; of all processes one does. `stop` waits for the one that is under way. */
export function startOrders(url: string, parts: OrderParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const workOff = orderWorker(parts);
  const running = leadAlone(
    { url, name: 'registry orders' },
    async (signal) => {
      while (!signal.aborted) if (!(await workOff())) await sleep(IDLE_MS, signal);
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
