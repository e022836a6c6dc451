import { HOUR_MS, MINUTE_MS } from '../domain/durations.ts';

/** How much a messenger takes: of all, in one chat, in a group; `threadsPerGroupMinute`: changes of a group's threads, which are no messages. */
export type Figures = { perSecond: number; chatRestMs: number; perGroupMinute: number; threadsPerGroupMinute?: number };

/**
 * The staff group, among addressees; and its threads: opening, naming and shutting them has a share of its own. They go on while the group rests,
 * whose name therefore does not begin theirs.
 */
export const STAFF = 'staff';
export const THREADS = 'threads:staff';

/** When messages may go out. */
export type Pace = {
  /** So many go out in a second, to whomever. */
  perSecond: number;
  /** Milliseconds until any message may go out where this chat is; 0: now. */
  waitMs(chat: string, now: Date): number;
  /** The chats that have had their share and must rest. */
  resting(now: Date): string[];
  /** Milliseconds until the first of them has rested. */
  restedInMs(now: Date): number;
  /** Milliseconds until this chat may be sent so many messages at once; 0: now. An album is several. */
  restMs(chat: string, now: Date, messages?: number): number;
  /** So many messages go out to this chat now; 0: a call that is no message. */
  note(chat: string, now: Date, messages?: number): void;
  /** Nothing goes out to this chat until then. */
  hold(chat: string, until: Date): void;
  /**
   * The messenger said 429 to a call to this chat: nothing goes out to it until then. Where it said so to somebody else a moment ago, and took
   * nothing since, nothing goes out to anybody: one person who floods us stops nobody else. A group's limit is a narrow one of its own; where it
   * was passed, messages and threads are counted together for a while.
   */
  refuse(chat: string, now: Date, until: Date): void;
  /** The messenger where this chat is has just taken something. */
  taken(chat: string): void;
};

/** Refusals to different people that are no further apart have one cause. */
const ONE_CAUSE_MS = 10_000;
/** So long a group that refused us has one share for its messages and its threads. */
const TOGETHER_MS = HOUR_MS;

/** The pace of one messenger. It is kept in memory: whoever sends must be the only one who does. A clock that is set back makes nobody wait longer. */
export function createPace(
  { perSecond, chatRestMs, perGroupMinute, threadsPerGroupMinute = perGroupMinute }: Figures,
  isGroup: (chat: string) => boolean,
): Pace {
  let next = 0;
  let pausedUntil = 0;
  /** Times of the last messages by chat: one for a person, a minute's worth for a group. */
  const recent = new Map<string, number[]>();
  const held = new Map<string, number>();
  let togetherUntil = 0;
  let refused: { chat: string; at: number; until: number } | undefined;
  /** The latest time that was told, and by how much the clock was set back since: all times in here go on. */
  let latest = Number.NEGATIVE_INFINITY;
  let setBackMs = 0;

  const goingOn = (time: Date): number => time.getTime() + setBackMs;

  function present(now: Date): number {
    setBackMs += Math.max(0, latest - goingOn(now));
    latest = goingOn(now);
    return latest;
  }

  function hold(chat: string, until: number): void {
    held.set(chat, Math.max(held.get(chat) ?? 0, until));
  }

  const shareOf = (chat: string) => (chat === THREADS && togetherUntil <= latest ? threadsPerGroupMinute : perGroupMinute);

  /** When a group was sent something that counts in this share. */
  function sharedTimes(own: readonly number[]): readonly number[] {
    if (togetherUntil <= latest) return own;
    return [...(recent.get(STAFF) ?? []), ...(recent.get(THREADS) ?? [])].sort((a, b) => a - b);
  }

  const restUntil = (chat: string, own: readonly number[], messages: number): number => {
    const afterLast = Math.max((own.at(-1) ?? 0) + chatRestMs, held.get(chat) ?? 0);
    if (!isGroup(chat)) return afterLast;
    const share = shareOf(chat);
    // Before one that is the last of its minute, this many may stand.
    const blocking = sharedTimes(own).at(Math.min(messages, share) - share - 1);
    return blocking === undefined ? afterLast : Math.max(afterLast, blocking + MINUTE_MS);
  };

  /** Until when which chats rest. */
  function resting(now: number): Map<string, number> {
    for (const [chat, until] of held) if (until <= now) held.delete(chat);
    const chats = new Map(held);
    for (const [chat, times] of recent) {
      const until = restUntil(chat, times, 1);
      if (until > now) chats.set(chat, until);
      else if ((times.at(-1) ?? 0) + MINUTE_MS < now || !isGroup(chat)) recent.delete(chat);
    }
    return chats;
  }

  return {
    perSecond,
    waitMs: (_, now) => Math.max(0, Math.ceil(Math.max(next, pausedUntil) - present(now))),
    resting: (now) => [...resting(present(now)).keys()],
    restedInMs(given) {
      const now = present(given);
      return Math.ceil(Math.min(...resting(now).values()) - now);
    },
    restMs: (chat, now, messages = 1) => Math.max(0, restUntil(chat, recent.get(chat) ?? [], messages) - present(now)),
    note(chat, at, messages = 1) {
      const now = goingOn(at);
      // What is lost to a late timer is not caught up: messages that come closer together are refused where the way there is uneven.
      next = Math.max(next, now) + 1000 / perSecond;
      if (messages === 0) return;
      const times = [...(recent.get(chat) ?? []), ...Array<number>(messages).fill(now)];
      recent.set(chat, times.slice(-(isGroup(chat) ? Math.max(perGroupMinute, threadsPerGroupMinute) : 1)));
    },
    hold: (chat, until) => hold(chat, goingOn(until)),
    refuse(chat, given, givenUntil) {
      const now = present(given);
      const until = goingOn(givenUntil);
      hold(chat, until);
      if (isGroup(chat)) {
        for (const each of [STAFF, THREADS]) if (isGroup(each)) hold(each, until);
        togetherUntil = now + TOGETHER_MS;
        return;
      }
      const isAnother = refused !== undefined && refused.chat !== chat && now - refused.at < ONE_CAUSE_MS;
      if (isAnother) pausedUntil = Math.max(pausedUntil, until, refused?.until ?? 0);
      refused = { chat, at: now, until };
    },
    taken() {
      refused = undefined;
    },
  };
}
