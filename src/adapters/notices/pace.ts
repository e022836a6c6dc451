import { MINUTE_MS } from '../../domain/durations.ts';

/** When messages may go out: Telegram takes about 30 a second over all chats, one a second in a chat, 20 a minute in a group. */
export type Pace = {
  /** Milliseconds until any message may go out; 0: now. */
  waitMs(now: Date): number;
  /** The chats that have had their share and must rest. */
  resting(now: Date): string[];
  /** Whether this chat must rest still. */
  rests(chat: string, now: Date): boolean;
  /** A message goes out to this chat now. */
  note(chat: string, now: Date): void;
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

  const restUntil = (chat: string, times: readonly number[]): number => {
    const afterLast = (times.at(-1) ?? 0) + CHAT_REST_MS;
    if (!isGroup(chat) || times.length < PER_GROUP_MINUTE) return afterLast;
    return Math.max(afterLast, (times.at(-PER_GROUP_MINUTE) ?? 0) + MINUTE_MS);
  };

  return {
    waitMs: (now) => Math.max(0, Math.ceil(Math.max(next, pausedUntil) - now.getTime())),
    resting(now) {
      const chats: string[] = [];
      for (const [chat, times] of recent) {
        if (restUntil(chat, times) > now.getTime()) chats.push(chat);
        else if ((times.at(-1) ?? 0) + MINUTE_MS < now.getTime() || !isGroup(chat)) recent.delete(chat);
      }
      return chats;
    },
    rests: (chat, now) => restUntil(chat, recent.get(chat) ?? []) > now.getTime(),
    note(chat, now) {
      // What is lost to a late timer is not caught up: messages that come closer together are refused where the way there is uneven.
      next = Math.max(next, now.getTime()) + 1000 / PER_SECOND;
      const times = [...(recent.get(chat) ?? []), now.getTime()];
      recent.set(chat, times.slice(-(isGroup(chat) ? PER_GROUP_MINUTE : 1)));
    },
    pause(until) {
      pausedUntil = Math.max(pausedUntil, until.getTime());
    },
  };
}
