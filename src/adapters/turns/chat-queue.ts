import { TurnBusy } from './turns.ts';

/** Lets the updates of one chat in one after another within this process, in the order they came, so that it never polls itself. */
export type ChatQueue = {
  /** Hands what leaves the queue (calling it twice does no harm); throws `TurnBusy` after `waitMs`. */
  enter: (chat: string, waitMs: number) => Promise<() => void>;
};

type Waiter = { start: () => void };

export function openChatQueue(): ChatQueue {
  const waiting = new Map<string, Waiter[]>();

  const leaving = (chat: string): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.get(chat)?.shift();
      if (next === undefined) waiting.delete(chat);
      else next.start();
    };
  };

  return {
    enter: (chat, waitMs) => {
      const line = waiting.get(chat);
      if (line === undefined) {
        waiting.set(chat, []);
        return Promise.resolve(leaving(chat));
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          line.splice(line.indexOf(waiter), 1);
          reject(new TurnBusy(`an earlier update of the chat has not ended within ${waitMs} ms`));
        }, waitMs);
        const waiter: Waiter = {
          start: () => {
            clearTimeout(timer);
            resolve(leaving(chat));
          },
        };
        line.push(waiter);
      });
    },
  };
}
