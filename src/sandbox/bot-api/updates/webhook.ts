/** Delivery to a webhook: a queue per chat or person, its head first, failed ones again after 1, 2, 4, 8 … 60 s. */
import type { Update, WebhookInfo } from 'grammy/types';
import { present } from '../present.ts';
import type { QueuedUpdate, WebhookSettings } from '../state.ts';
import type { World } from '../world.ts';

export type Webhook = {
  info(): WebhookInfo;
  close(): Promise<void>;
};

/** Calls a method that the webhook's answer names: `{"method": "sendMessage", …}`. */
export type AnswerCall = (method: string, parameters: ReadonlyMap<string, unknown>) => Promise<unknown>;

const DAY_SECONDS = 24 * 3600;
/** A press or a checkout is of no use to anybody later. */
const HASTY_SECONDS = 150;
const ANSWER_SECONDS = 60;

export function openWebhook(world: World, answerCall: AnswerCall): Webhook {
  const failures = new Map<string, number>();
  const resting = new Map<string, NodeJS.Timeout>();
  const underWay = new Map<string, Promise<void>>();
  const closing = new AbortController();
  let lastError: { date: number; message: string } | undefined;
  let current: WebhookSettings | undefined;

  function pump(): void {
    const { webhook, updates } = world.state;
    if (webhook !== current) startOver(webhook);
    if (!webhook || closing.signal.aborted) return;
    const seen = new Set<string>();
    for (const queued of updates.values()) {
      if (underWay.size >= webhook.maxConnections) return;
      if (seen.has(queued.queue)) continue;
      seen.add(queued.queue);
      if (underWay.has(queued.queue) || resting.has(queued.queue)) continue;
      underWay.set(queued.queue, deliver(webhook, queued));
    }
  }

  /** Another address starts with a clean slate. */
  function startOver(webhook: WebhookSettings | undefined): void {
    current = webhook;
    lastError = undefined;
    failures.clear();
    for (const timer of resting.values()) clearTimeout(timer);
    resting.clear();
  }

  async function deliver(webhook: WebhookSettings, queued: QueuedUpdate): Promise<void> {
    const { update, queue } = queued;
    const problem = isStale(world, queued) ? undefined : await post(webhook, update);
    underWay.delete(queue);
    if (world.state.webhook !== webhook) return pump();
    if (problem === undefined) {
      failures.delete(queue);
      world.put({ fact: 'updates-gone', updateIds: [update.update_id] });
    } else if (!closing.signal.aborted) {
      lastError = { date: world.seconds(), message: problem };
      const failed = (failures.get(queue) ?? 0) + 1;
      failures.set(queue, failed);
      const rest = setTimeout(
        () => {
          resting.delete(queue);
          pump();
        },
        Math.min(60, 2 ** (failed - 1)) * 1000,
      );
      rest.unref();
      resting.set(queue, rest);
    }
    pump();
  }

  /** What went wrong, in Telegram's words; undefined when the update arrived. */
  async function post(webhook: WebhookSettings, update: Update): Promise<string | undefined> {
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secretToken === undefined ? {} : { 'x-telegram-bot-api-secret-token': webhook.secretToken }),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ANSWER_SECONDS * 1000)]),
      });
      const body = await response.text();
      if (!response.ok) return `Wrong response from the webhook: ${response.status} ${response.statusText}`.trim();
      await obey(body);
      return undefined;
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') return 'Read timeout expired';
      const code = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
      return code === 'ECONNREFUSED' ? 'Connection refused' : 'Connection reset by peer';
    }
  }

  async function obey(body: string): Promise<void> {
    if (!body.startsWith('{')) return;
    const answer = parsed(body);
    const method = answer?.['method'];
    if (!answer || typeof method !== 'string') return;
    // As at Telegram, its result is not reported.
    await answerCall(method, new Map(Object.entries(answer))).catch(() => undefined);
  }

  world.onUpdates(pump);
  pump();

  return {
    info() {
      const { webhook, updates, allowedUpdates } = world.state;
      return present<WebhookInfo>({
        url: webhook?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: updates.size,
        ip_address: webhook?.ipAddress,
        last_error_date: webhook && lastError?.date,
        last_error_message: webhook && lastError?.message,
        last_synchronization_error_date: undefined,
        max_connections: webhook?.maxConnections,
        allowed_updates: allowedUpdates as WebhookInfo['allowed_updates'],
      });
    },
    async close() {
      closing.abort();
      for (const timer of resting.values()) clearTimeout(timer);
      await Promise.allSettled(underWay.values());
    },
  };
}

function isStale(world: World, { update, queuedAt }: QueuedUpdate): boolean {
  return world.seconds() - queuedAt > (update.callback_query || update.pre_checkout_query ? HASTY_SECONDS : DAY_SECONDS);
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
