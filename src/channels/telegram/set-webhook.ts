import { type Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { backoffMs } from '../../domain/backoff.ts';
import { sleep } from '../../runtime/sleep.ts';
import { refusalIn } from './attempt.ts';
import { passesByItself } from './refusals.ts';

/**
 * Asks Telegram to bring updates to `url`; waits until Telegram answers. Throws a sentence for the operator when it does not want to.
 */
export async function setWebhook(
  api: Pick<Api, 'setWebhook'>,
  { url, secret }: { url: string; secret: string },
  allowedUpdates: readonly Exclude<keyof Update, 'update_id'>[],
  onSilence: (error: unknown) => void,
): Promise<void> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      await api.setWebhook(url, webhookOptions(secret, allowedUpdates));
      return;
    } catch (error) {
      if (error instanceof GrammyError && !passesByItself(refusalIn(error))) {
        throw new Error(
          `WEBHOOK_URL: Telegram его не принимает (${error.description}): исправьте адрес или уберите его, тогда обновления пойдут без вебхука`,
          {
            cause: error,
          },
        );
      }
      onSilence(error);
      await sleep(backoffMs(attempts, { firstMs: 1_000, mostMs: 30_000 }));
    }
  }
}

/** What Telegram is asked for besides the address. */
export function webhookOptions(secret: string, allowedUpdates: readonly Exclude<keyof Update, 'update_id'>[]) {
  return { secret_token: secret, allowed_updates: allowedUpdates, max_connections: 100 };
}
