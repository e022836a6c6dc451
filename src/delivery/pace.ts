import { MINUTE_MS } from '../domain/durations.ts';

/** When messages may go out: Telegram takes about 30 a second over all chats, one a second in a chat, 20 a minute in a group. */
export type Pace = {
  /** Milliseconds until any message may go out; 0: now. */
  waitMs(now: Date): number;
  /** The chats that have had their share and must rest. */
  resting(now: Date): string[];
  /** Milliseconds until this chat may be sent so many messages at once; 0: now. An album is several. */
  restMs(chat: string, now: Date, messages?: number): number;
  /** So many messages go out to this chat now; 0: a call that is no message. */
  note(chat: string, now: Date, messages?: number): void;
  /** Nothing goes out to this chat until then. */
  hold(chat: string, until: Date): void;
  /** Nothing goes out to anybody until then: Telegram said 429. */
  pause(until: Date): void;
};

/** Below Telegram's own figures: a pace of exactly theirs collapses into refusals. */
const PER_SECOND = 29;
const CHAT_REST_MS = 1000;
const PER_GROUP_MINUTE = 18;

/** Keeps the pace in memory: whoever sends must be the only one who does. */
export function createPace(isGroup: (chat: string) => boolean): Pace {
  let next = 0;
  let pausedUntil = 0;
  /** Times of the last messages by chat: one for a person, a minute's worth for a group. */
  const recent = new Map<string, number[]>();
  const held = new Map<string, number>();

  const restUntil = (chat: string, times: readonly number[], messages: number): number => {
    const afterLast = Math.max((times.at(-1) ?? 0) + CHAT_REST_MS, held.get(chat) ?? 0);
    if (!isGroup(chat)) return afterLast;
    // Before one that is the last of its minute, this many may stand.
    const blocking = times.at(Math.min(messages, PER_GROUP_MINUTE) - PER_GROUP_MINUTE - 1);
    return blocking === undefined ? afterLast : Math.max(afterLast, blocking + MINUTE_MS);
  };

  return {
    waitMs: (now) => Math.max(0, Math.ceil(Math.max(next, pausedUntil) - now.getTime())),
    resting(now) {
      const chats: string[] = [];
      for (const [chat, until] of held) if (until <= now.getTime()) held.delete(chat);
      for (const [chat, times] of recent) {
        if (restUntil(chat, times, 1) > now.getTime()) chats.push(chat);
        else if ((times.at(-1) ?? 0) + MINUTE_MS < now.getTime() || !isGroup(chat)) recent.delete(chat);
      }
      return [...new Set([...chats, ...held.keys()])];
    },
    restMs: (chat, now, messages = 1) => Math.max(0, restUntil(chat, recent.get(chat) ?? [], messages) - now.getTime()),
    note(chat, now, messages = 1) {
      // What is lost to a late timer is not caught up: messages that come closer together are refused where the way there is uneven.
      next = Math.max(next, now.getTime()) + 1000 / PER_SECOND;
      if (messages === 0) return;
      const times = [...(recent.get(chat) ?? []), ...Array<number>(messages).fill(now.getTime())];
      recent.set(chat, times.slice(-(isGroup(chat) ? PER_GROUP_MINUTE : 1)));
    },
    hold(chat, until) {
      held.set(chat, Math.max(held.get(chat) ?? 0, until.getTime()));
    },
    pause(until) {
      pausedUntil = Math.max(pausedUntil, until.getTime());
    },
  };
}
