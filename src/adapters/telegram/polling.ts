import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { sleep } from '../sleep.ts';
import { chatOf } from './chat-of.ts';

export type PollingParts = {
  api: Pick<Api, 'getUpdates' | 'deleteWebhook'>;
  /** Resolves when the update is safe, rejects when it must be handed on again. */
  accept: (update: Update) => Promise<void>;
  allowedUpdates: readonly Exclude<keyof Update, 'update_id'>[];
  onTrouble: (error: unknown) => void;
  /** How long Telegram holds an empty answer. */
  holdSeconds?: number;
};

export type Polling = {
  /** Asks for no more; what was handed on goes on. */
  stop: () => Promise<void>;
  /** Last of all: Telegram forgets what is safe; the rest comes again at the next start. */
  confirm: () => Promise<void>;
};

/** While something is under way Telegram repeats it at once: sooner than this there is no use in asking. */
const REPEAT_MS = 100;
const RETRY_MS = 1_000;
const REMEMBERED = 1_000;

/**
 * Long polling: updates are handed on as they come, chats side by side and in order within a chat, and Telegram is told to forget an update
 * only when it and all before it are safe.
 */
export function startPolling({ api, accept, allowedUpdates, onTrouble, holdSeconds = 30 }: PollingParts): Polling {
  const stopping = new AbortController();
  const stopped = () => stopping.signal.aborted;
  /** In the order of arrival, until it and all before it are safe. Ids may restart anywhere, so they are never compared. */
  const pending = new Map<number, { safe: boolean }>();
  const lately = new Set<number>();
  /** The newest update of each chat that is under way: the next one waits until it is safe, also through troubles. */
  const tails = new Map<number, Promise<void>>();
  let offset = 0;
  let wake = () => {};

  function hand(update: Update): void {
    const entry = { safe: false };
    pending.set(update.update_id, entry);
    void inLine(update).then(() => {
      entry.safe = true;
      for (const [id, { safe }] of pending) {
        if (!safe) break;
        pending.delete(id);
        lately.add(id);
        offset = id + 1;
      }
      for (const id of lately) {
        if (lately.size <= REMEMBERED) break;
        lately.delete(id);
      }
      wake();
    });
  }

  function inLine(update: Update): Promise<void> {
    const chat = chatOf(update);
    const before = chat === undefined ? undefined : tails.get(chat);
    const safe = before ? before.then(() => acceptUntilSafe(update)) : acceptUntilSafe(update);
    if (chat === undefined) return safe;
    const tail: Promise<void> = safe.then(() => {
      if (tails.get(chat) === tail) tails.delete(chat);
    });
    tails.set(chat, tail);
    return tail;
  }

  /** In polling nobody sends a failed update again, so we do, until it is safe or we stop. */
  async function acceptUntilSafe(update: Update): Promise<void> {
    for (let wait = RETRY_MS; ; wait = Math.min(wait * 2, 30_000)) {
      if (stopped()) return new Promise(() => {});
      try {
        return await accept(update);
      } catch (error) {
        onTrouble(error);
        await sleep(wait, stopping.signal);
      }
    }
  }

  async function poll(): Promise<void> {
    await insist(() => api.deleteWebhook());
    while (!stopped()) {
      const fresh = await insist(ask);
      if (stopped() || !fresh) return;
      for (const update of fresh) hand(update);
      if (fresh.length > 0 || pending.size === 0) continue;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, sleep(REPEAT_MS, stopping.signal)]);
    }
  }

  async function ask(): Promise<Update[]> {
    const timeout = pending.size > 0 ? 0 : holdSeconds;
    const asked = { offset, limit: 100, timeout, allowed_updates: allowedUpdates };
    const updates = await api.getUpdates(asked, stopping.signal as Parameters<Api['getUpdates']>[1]);
    return updates.filter(({ update_id: id }) => !pending.has(id) && !lately.has(id));
  }

  async function insist<T>(call: () => Promise<T>): Promise<T | undefined> {
    while (!stopped()) {
      try {
        return await call();
      } catch (error) {
        if (stopped()) return undefined;
        onTrouble(error);
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
      if (offset > 0) await api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(onTrouble);
    },
  };
}
