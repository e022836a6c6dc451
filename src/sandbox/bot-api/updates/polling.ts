/** `getUpdates`: long polling, confirmed by offset. */
import type { Update } from 'grammy/types';
import { conflict } from '../refusal.ts';
import type { World } from '../world.ts';

export type PendingPoll = {
  /** Confirms what is below `offset`, then answers with up to `limit` updates, at once or when one comes, at the latest after `timeoutSeconds`. */
  poll(request: { offset: number; limit: number; timeoutSeconds: number; signal: AbortSignal }): Promise<Update[]>;
  /** Ends the waiting poll with 409 and these words. */
  terminate(why: string): void;
  isPolling(): boolean;
};

type WaitingPoll = { wake(): void; fail(error: Error): void };

export function openPolling(world: World): PendingPoll {
  let waiting: WaitingPoll | undefined;

  function next(offset: number, limit: number): Update[] {
    const known = [...world.state.updates.values()].map(({ update }) => update);
    const from = offset < 0 ? (known.at(offset)?.update_id ?? known[0]?.update_id ?? 0) : offset;
    const confirmed = known.filter((update) => update.update_id < from).map((update) => update.update_id);
    if (confirmed.length > 0) world.put({ fact: 'updates-gone', updateIds: confirmed });
    return known.filter((update) => update.update_id >= from).slice(0, limit);
  }

  world.onUpdates(() => waiting?.wake());

  return {
    isPolling: () => waiting !== undefined,
    terminate: (why) => waiting?.fail(conflict(why)),
    async poll({ offset, limit, timeoutSeconds, signal }) {
      waiting?.fail(conflict('terminated by other getUpdates request; make sure that only one bot instance is running'));
      const ready = next(offset, limit);
      if (ready.length > 0 || timeoutSeconds <= 0 || signal.aborted) return ready;
      await new Promise<void>((resolve, reject) => {
        const settle = (done: () => void): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          if (waiting === mine) waiting = undefined;
          done();
        };
        const wake = (): void => settle(resolve);
        const mine: WaitingPoll = { wake, fail: (error) => settle(() => reject(error)) };
        const timer = setTimeout(wake, timeoutSeconds * 1000);
        signal.addEventListener('abort', wake, { once: true });
        waiting = mine;
      });
      return signal.aborted ? [] : next(offset, limit);
    },
  };
}
