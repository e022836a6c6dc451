import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Readiness } from '../../adapters/http/readiness.ts';
import type { HttpHandler } from '../../adapters/http/server.ts';
import type { Log } from '../../adapters/log.ts';
import { startScheduledJobs } from '../../adapters/scheduled-jobs.ts';
import type { Receiving } from '../../reception/channel.ts';
import type { Intake } from '../../reception/intake.ts';
import { startPolling } from './polling.ts';
import { setWebhook, webhookOptions } from './set-webhook.ts';
import { notedPolling, openPollingHealth, openWebhookHealth } from './updates-health.ts';
import { createWebhook } from './webhook.ts';

/** The kinds of updates that the bot asks for. */
const UPDATES = ['message', 'edited_message', 'callback_query', 'pre_checkout_query', 'my_chat_member'] as const;
/** How often it is looked whether Telegram still has the webhook; it is asked once a minute at most. */
const WEBHOOK_LOOK_MS = 30_000;

export type ReceiveParts = {
  api: Api;
  intake: Pick<Intake<Update>, 'accept' | 'keepAll'>;
  /** `WEBHOOK_URL` and `WEBHOOK_SECRET`; undefined: long polling. */
  webhook: { url: string; secret: string } | undefined;
  /** What the web server serves: a webhook's path is put into it. */
  routes: Map<string, HttpHandler>;
  readiness: Pick<Readiness, 'watch'>;
  log: Log;
  onError: (error: unknown) => void;
  /** Telegram does not answer at the start. */
  onSilence: (error: unknown) => void;
  /** Hears the code of each question for updates that failed: `409`, `none` where there was no answer. */
  onRefused?: (code: string) => void;
};

/** Updates come in from now on, by webhook or by long polling; `/readyz` says when they do not. */
export async function receiveUpdates(parts: ReceiveParts): Promise<Receiving> {
  return parts.webhook ? byWebhook(parts, parts.webhook) : byPolling(parts);
}

async function byWebhook(
  { api, intake, routes, readiness, log, onError, onSilence }: ReceiveParts,
  { url, secret }: { url: string; secret: string },
): Promise<Receiving> {
  const onGone = async () => {
    log.warn('WEBHOOK_URL: вебхук кто-то снял тем же токеном, бот поставил его снова: проверьте, где ещё стоит этот BOT_TOKEN');
    await api.setWebhook(url, webhookOptions(secret, UPDATES));
  };
  const updates = openWebhookHealth(api, url, { onGone });
  const accept: typeof intake.accept = (update) => intake.accept(update).then(updates.noteDelivery);
  routes.set(new URL(url).pathname, createWebhook({ secret, accept, onError }));
  await setWebhook(api, { url, secret }, UPDATES, onSilence);
  const look = { name: 'webhook', everyMs: WEBHOOK_LOOK_MS, work: updates.fault };
  const looks = startScheduledJobs([look], (_, error) => onError(error));
  readiness.watch({ name: 'updates', look: updates.fault });
  return { stop: looks.stop, confirm: async () => undefined };
}

function byPolling({ api, intake, readiness, log, onError, onRefused }: ReceiveParts): Receiving {
  const updates = openPollingHealth({ onFailed: onRefused, onBack: () => log.info('Telegram gives updates again') });
  readiness.watch({ name: 'updates', look: updates.fault });
  return startPolling({
    api: notedPolling(api, updates),
    accept: intake.accept,
    onFull: intake.keepAll,
    allowedUpdates: UPDATES,
    onError,
  });
}
