import type { Update } from 'grammy/types';
import { startBotApi } from '../../kit/edge/bot-api.ts';

/** Telegram lets so many messages to one chat through at once, and one a second after that. */
const BURST = 20;

export type LimitedBotApi = Awaited<ReturnType<typeof startLimitedBotApi>>;

/** A Bot API that keeps Telegram's limit for each chat by itself, and tells when a chat has got its first words, or a checkout its answer. */
export async function startLimitedBotApi() {
  const telegram = await startBotApi();
  const buckets = new Map<number, { tokens: number; at: number }>();
  const heard = new Map<string, () => void>();
  let refused = 0;

  function takeToken(chat: number): boolean {
    const now = performance.now();
    const bucket = buckets.get(chat) ?? { tokens: BURST, at: now };
    const tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / 1000);
    buckets.set(chat, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1;
  }

  telegram.interfereWith(({ method, payload }) => {
    const { chat_id: chat, pre_checkout_query_id: checkout } = payload;
    if (method === 'answerPreCheckoutQuery') heard.get(`checkout ${String(checkout)}`)?.();
    if (chat === undefined || !method.startsWith('send')) return undefined;
    if (!takeToken(chat)) {
      refused += 1;
      return { refuse: { error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } } };
    }
    heard.get(`chat ${chat}`)?.();
    return undefined;
  });

  return {
    apiRoot: telegram.apiRoot,
    push: (...updates: Update[]) => telegram.push(...updates),
    /** How long until `what` (`chat 7`, `checkout 7`) hears something; `mostMs` at most. */
    async waitFor(what: string, mostMs: number): Promise<number> {
      const began = performance.now();
      return new Promise((resolve) => {
        const done = (ms: number) => {
          clearTimeout(timer);
          heard.delete(what);
          resolve(ms);
        };
        const timer = setTimeout(() => done(mostMs), mostMs);
        heard.set(what, () => done(performance.now() - began));
      });
    },
    refused: () => refused,
    close: telegram.close,
  };
}
