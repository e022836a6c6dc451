/** Telegram's limits on what a bot sends: 30 a second over all, about one a second per chat, 20 a minute to a group. */
import { tooManyRequests } from './refusal.ts';
import type { ChatCard } from './state.ts';

/** `groups` holds the group limit only, the narrow place that a bot must plan for; `all` holds every limit. */
export type LimitsMode = 'off' | 'groups' | 'all';

export type ApiLimits = {
  mode: LimitsMode;
  /** Counts `messages` to this chat; throws 429 with `retry_after` in whole seconds when they are too many. */
  take(card: ChatCard, messages: number): void;
};

type Window = { limit: number; seconds: number; sent: number[] };

export function openLimits(mode: LimitsMode, now: () => Date): ApiLimits {
  const overall: Window = { limit: 30, seconds: 1, sent: [] };
  const chats = new Map<number, Window>();
  const groups = new Map<number, Window>();
  const limits: ApiLimits = {
    mode,
    take(card, messages) {
      if (limits.mode === 'off') return;
      const windows: Window[] = [];
      if (card.kind !== 'private') windows.push(windowOf(groups, card.id, { limit: 20, seconds: 60 }));
      // «Avoid sending more than one message per second» with short bursts over it.
      if (limits.mode === 'all') windows.push(overall, windowOf(chats, card.id, { limit: 5, seconds: 5 }));
      const at = now().getTime();
      const wait = Math.max(...windows.map((window) => waitSeconds(window, at, messages)), 0);
      if (wait > 0) throw tooManyRequests(wait);
      for (const window of windows) for (let count = 0; count < messages; count += 1) window.sent.push(at);
    },
  };
  return limits;
}

function windowOf(windows: Map<number, Window>, chatId: number, shape: { limit: number; seconds: number }): Window {
  const window = windows.get(chatId) ?? { ...shape, sent: [] };
  windows.set(chatId, window);
  return window;
}

/** Whole seconds until so many messages fit; 0 when they fit now. An album larger than the window waits for an empty one. */
function waitSeconds(window: Window, at: number, messages: number): number {
  window.sent = window.sent.filter((time) => time > at - window.seconds * 1000);
  const excess = window.sent.length + Math.min(messages, window.limit) - window.limit;
  const frees = window.sent[excess - 1];
  return frees === undefined ? 0 : Math.max(1, Math.ceil((frees + window.seconds * 1000 - at) / 1000));
}
