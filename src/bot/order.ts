import type { Update } from 'grammy/types';
import { sleep } from '../adapters/sleep.ts';
import { chatOf } from '../adapters/telegram/chat-of.ts';
import { idOf } from './update-id.ts';

export type OrderParts = {
  /** Updates that are held safe by any process, and since when. */
  held: () => Promise<readonly Held[]>;
  /** Whether this process works on it: then the chat's own queue keeps the order. */
  isOurs: (id: string) => boolean;
  clock?: () => Date;
  lookMs?: number;
  /** An order that cannot be kept for longer is given up: the update goes on. */
  mostMs?: number;
};

type Held = { id: string; line: string | null; at: Date };

export type Order = {
  /** Undefined when nothing stands before an update; else resolves when its turn has come. */
  comesAfter: (update: Update) => Promise<void> | undefined;
  /** As `comesAfter`, after another look; `over` resolves. */
  earlier: (update: Update, arrived: Date) => Promise<{ over: Promise<void> } | undefined>;
  /** Resolves when it is known what others hold, before the first update may be taken; from then on it is looked up again and again. */
  watch: () => Promise<() => void>;
};

/**
 * Keeps the order of a chat where another process, or one that died, holds an earlier update of it. Who holds what is looked up in the
 * background, so that an update costs nothing where nothing is held.
 */
export function createOrder({ held, isOurs, clock = () => new Date(), lookMs = 1_000, mostMs = 100_000 }: OrderParts): Order {
  let others: readonly Held[] = [];
  /** The newest update of each chat that waits here. */
  const tails = new Map<string, Promise<void>>();

  async function look(): Promise<void> {
    others = (await held()).filter(({ id, line }) => line !== null && !isOurs(id));
  }

  async function wait(line: string, own: string, arrived: Date): Promise<void> {
    for (const end = arrived.getTime() + mostMs; clock().getTime() < end; await sleep(lookMs / 4)) {
      await look().catch(() => {});
      if (!others.some((other) => standsBefore(other, line, own, arrived))) return;
    }
  }

  function comesAfter(update: Update, arrived = clock()): Promise<void> | undefined {
    const line = lineOf(update);
    if (line === undefined) return undefined;
    const own = idOf(update);
    const before = tails.get(line);
    if (!before && !others.some((other) => standsBefore(other, line, own, arrived))) return undefined;
    const tail: Promise<void> = (before ?? Promise.resolve())
      .then(() => wait(line, own, arrived))
      .finally(() => {
        if (tails.get(line) === tail) tails.delete(line);
      });
    tails.set(line, tail);
    return tail;
  }

  function standsBefore(other: Held, line: string, own: string, arrived: Date): boolean {
    return other.line === line && other.id !== own && other.at < arrived && !isOurs(other.id);
  }

  return {
    comesAfter: (update) => comesAfter(update),
    async earlier(update, arrived) {
      await look();
      const over = comesAfter(update, arrived);
      return over && { over };
    },
    async watch() {
      await look();
      const looking = setInterval(() => void look().catch(() => {}), lookMs).unref();
      return () => clearInterval(looking);
    },
  };
}

/** The chat whose order an update keeps, as it is written on the shelf. */
export function lineOf(update: Update): string | undefined {
  const chat = chatOf(update);
  return chat === undefined ? undefined : `telegram:${chat}`;
}
