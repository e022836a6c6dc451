import type { Refusal, Sent } from '../kit/chat/fake-telegram.ts';

type Call = Pick<Sent, 'chat' | 'method' | 'payload'>;

const MINUTE_MS = 60_000;
const GROUP_MINUTE = 20;
const TOPICS_MINUTE = 30;
const PER_SECOND = 30;

/**
 * Telegram's limits: 20 messages in any minute to a group, changed ones counted; 30 calls in any second. Of changes of topics it says nothing:
 * here they are counted apart, and with the messages where it is `strict`.
 */
export function watchLimits(clock: () => Date, { strict = false } = {}) {
  const toGroup: number[] = [];
  const ofTopics: number[] = [];
  const all: number[] = [];
  let refused = 0;
  let most = 0;
  let mostOfTopics = 0;

  return {
    /** 429 where it is too much; Telegram's own word. */
    judge({ chat, method, payload }: Call): Refusal | undefined {
      const now = clock().getTime();
      const isOfTopic = method.endsWith('ForumTopic');
      const tally = isOfTopic && !strict ? ofTopics : toGroup;
      const share = isOfTopic && !strict ? TOPICS_MINUTE : GROUP_MINUTE;
      const weight = weightOf(method, payload);
      for (const times of [toGroup, ofTopics]) while ((times[0] ?? now) <= now - MINUTE_MS) times.shift();
      while ((all[0] ?? now) <= now - 1000) all.shift();
      if ((chat < 0 && tally.length + weight > share) || all.length >= PER_SECOND) {
        refused += 1;
        return tooMany(5);
      }
      all.push(now);
      if (chat < 0) for (let i = 0; i < weight; i += 1) tally.push(now);
      most = Math.max(most, toGroup.length);
      mostOfTopics = Math.max(mostOfTopics, ofTopics.length);
      return undefined;
    },
    /** How often a limit was passed. */
    refused: () => refused,
    /** The most that went to the group within a minute. */
    most: () => most,
    /** The most changes of topics within a minute. */
    mostOfTopics: () => mostOfTopics,
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
