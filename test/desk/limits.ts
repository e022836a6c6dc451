import type { Refusal, Sent } from '../kit/chat/fake-telegram.ts';

type Call = Pick<Sent, 'chat' | 'method' | 'payload'>;

const MINUTE_MS = 60_000;
const GROUP_MINUTE = 20;
const PER_SECOND = 30;

/** Telegram's limits: 20 messages in any minute to a group, changes of topics and messages counted; 30 calls in any second. */
export function watchLimits(clock: () => Date) {
  const toGroup: number[] = [];
  const all: number[] = [];
  let refused = 0;
  let most = 0;

  return {
    /** 429 where it is too much; Telegram's own word. */
    judge({ chat, method, payload }: Call): Refusal | undefined {
      const now = clock().getTime();
      const weight = weightOf(method, payload);
      while ((toGroup[0] ?? now) <= now - MINUTE_MS) toGroup.shift();
      while ((all[0] ?? now) <= now - 1000) all.shift();
      if ((chat < 0 && toGroup.length + weight > GROUP_MINUTE) || all.length >= PER_SECOND) {
        refused += 1;
        return tooMany(5);
      }
      all.push(now);
      if (chat < 0) for (let i = 0; i < weight; i += 1) toGroup.push(now);
      most = Math.max(most, toGroup.length);
      return undefined;
    },
    /** How often a limit was passed. */
    refused: () => refused,
    /** The most that went to the group within a minute. */
    most: () => most,
  };
}

export const tooMany = (seconds: number): Refusal => ({
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
});

function weightOf(method: string, { media }: Sent['payload']): number {
  if (/^(deleteMessage|setMessageReaction|getChat)/.test(method)) return 0;
  return method === 'sendMediaGroup' ? (media as readonly unknown[]).length : 1;
}
