import { setMaxListeners } from 'node:events';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { backoffMs } from '../../domain/backoff.ts';
import { sleep } from '../../runtime/sleep.ts';

export type PollingParts = {
  api: Pick<Api, 'getUpdates' | 'deleteWebhook'>;
  /** Resolves when the update is safe; until then Telegram keeps it, too. Rejects when it is to be handed on again. */
  accept: (update: Update) => Promise<void>;
  /** So many updates are not safe yet that Telegram gives no others: all of them are to be kept safe now. */
  onFull?: () => void;
  allowedUpdates: readonly Exclude<keyof Update, 'update_id'>[];
  onError: (error: unknown) => void;
  /** Telegram has just answered. */
  onAnswer?: () => void;
  /** How long Telegram holds an empty answer. */
  holdSeconds?: number;
};

export type Polling = {
  /** Asks for no more; what was handed on goes on. */
  stop: () => Promise<void>;
  /** Last of all: Telegram forgets what is safe; the rest comes again at the next start. */
  confirm: () => Promise<void>;
};

/** Telegram gives so many at once, beginning with the oldest that is not safe. */
const WINDOW = 100;
/** While something is under way Telegram repeats it at once: sooner than this there is no use in asking. */
const REPEAT_MS = 100;
const RETRY_MS = 1_000;
/** Short enough for a question that is never answered to be noticed within half a minute. */
const HOLD_SECONDS = 20;
const REMEMBERED = 1_000;

/** Long polling: updates are handed on as they come, and Telegram is told to forget an update only when it and all before it are safe. */
export function startPolling({
  api,
  accept,
  onFull = () => {},
  allowedUpdates,
  onError,
  onAnswer = () => {},
  holdSeconds = HOLD_SECONDS,
}: PollingParts): Polling {
  const stopping = new AbortController();
  // Each update that is not safe yet waits on it: Node takes more than ten listeners for a leak.
  setMaxListeners(0, stopping.signal);
  const stopped = () => stopping.signal.aborted;
  /** In the order of arrival, until it and all before it are safe. Ids may restart anywhere, so they are never compared. */
  const pending = new Map<number, { safe: boolean }>();
  const lately = new Set<number>();
  let offset = 0;
  /** Since Telegram was last asked, what it may forget has become more: it has others to give. */
  let moved = false;
  let wake = () => {};

  async function hand(update: Update): Promise<void> {
    const entry = { safe: false };
    pending.set(update.update_id, entry);
    for (let attempts = 0; !(await isSafe(update)); attempts += 1) {
      await sleep(backoffMs(attempts, { firstMs: RETRY_MS, mostMs: 30_000 }), stopping.signal);
      if (stopped()) return;
    }
    entry.safe = true;
    for (const [id, { safe }] of pending) {
      if (!safe) break;
      pending.delete(id);
      lately.add(id);
      offset = id + 1;
      moved = true;
    }
    for (const id of lately) {
      if (lately.size <= REMEMBERED) break;
      lately.delete(id);
    }
    if (moved) wake();
  }

  async function isSafe(update: Update): Promise<boolean> {
    try {
      await accept(update);
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  }

  async function poll(): Promise<void> {
    await insist(() => api.deleteWebhook());
    while (!stopped()) {
      const fresh = await insist(ask);
      if (stopped() || !fresh) return;
      for (const update of fresh) void hand(update);
      if (pending.size > WINDOW / 2) onFull();
      // Before that it would give a full window once more, hundred updates that are known.
      const mayHaveOthers = moved || pending.size === 0 || (fresh.length > 0 && pending.size < WINDOW);
      if (mayHaveOthers) continue;
      const nap = new AbortController();
      wake = () => nap.abort();
      await sleep(REPEAT_MS, AbortSignal.any([nap.signal, stopping.signal]));
    }
  }

  async function ask(): Promise<Update[]> {
    const timeout = pending.size > 0 ? 0 : holdSeconds;
    moved = false;
    const asked = { offset, limit: WINDOW, timeout, allowed_updates: allowedUpdates };
    const updates = await api.getUpdates(asked, stopping.signal as Parameters<Api['getUpdates']>[1]);
    onAnswer();
    return updates.filter(({ update_id: id }) => !pending.has(id) && !lately.has(id));
  }

  async function insist<T>(call: () => Promise<T>): Promise<T | undefined> {
    while (!stopped()) {
      try {
        return await call();
      } catch (error) {
        if (stopped()) return undefined;
        onError(error);
        await sleep(RETRY_MS, stopping.signal);
      }
    }
    return undefined;
  }

  const polling = poll();
  return {
    async stop() {
      stopping.abort();
      await polling;
    },
    async confirm() {
      // What has just become safe is still to be noted.
      await sleep(0);
      if (offset > 0) await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(onError);
    },
  };
}
