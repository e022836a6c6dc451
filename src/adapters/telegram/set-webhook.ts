import { type Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';

/** Asks Telegram to bring updates to `url`. Throws a sentence for the operator when it does not want to. */
export async function setWebhook(
  api: Pick<Api, 'setWebhook'>,
  { url, secret }: { url: string; secret: string },
  allowedUpdates: readonly Exclude<keyof Update, 'update_id'>[],
): Promise<void> {
  try {
    await api.setWebhook(url, { secret_token: secret, allowed_updates: allowedUpdates, max_connections: 100 });
  } catch (error) {
    const why = error instanceof GrammyError ? error.description : 'Telegram did not answer';
    throw new Error(`WEBHOOK_URL: Telegram does not take it (${why}); correct it, or leave it out for long polling`, {
      cause: error,
    });
  }
}
