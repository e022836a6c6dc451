import { type Api, GrammyError } from 'grammy';
import { refusalIn } from './attempt.ts';

/** Whether updates come: what is wrong in a word or two, undefined where nothing is. */
export type UpdatesHealth = { fault: () => Promise<string | undefined> | string | undefined };

/**
 * Of long polling; whoever asks Telegram for updates notes how each question ended. `onFailed` hears the code of each that failed, `onBack` that
 * they are answered again.
 */
export type PollingHealth = UpdatesHealth & { note: (outcome: 'ok' | { error: unknown }) => void };

/** Longer than Telegram holds a question without an answer. */
const SILENT_MS = 60_000;

export function openPollingHealth({
  nowMs = () => performance.now(),
  onFailed = () => undefined,
  onBack = () => undefined,
}: {
  nowMs?: () => number;
  onFailed?: ((code: string) => void) | undefined;
  onBack?: () => void;
} = {}): PollingHealth {
  let failures = 0;
  let wellAt = nowMs();
  /** The code of the last refusal, where it does not pass by itself. */
  let lasting: string | undefined;
  return {
    note(outcome) {
      if (outcome === 'ok') {
        // One that failed may be the one that was broken off at the stop.
        if (failures > 1) onBack();
        failures = 0;
        wellAt = nowMs();
        lasting = undefined;
        return;
      }
      failures += 1;
      const { error } = outcome;
      const code = String((error instanceof GrammyError ? error.error_code : undefined) ?? 'none');
      // Another process has the updates, or the token is none any more.
      lasting = code === '409' || refusalIn(error).what === 'token' ? code : undefined;
      onFailed(code);
    },
    fault() {
      if (lasting !== undefined) return lasting;
      const silentMs = nowMs() - wellAt;
      return silentMs > SILENT_MS ? `none asked for in ${Math.floor(silentMs / 1000)} s` : undefined;
    },
  };
}

type Asking = Pick<Api, 'getUpdates' | 'deleteWebhook'>;

/** The same client, whose questions for updates are noted. */
export function notedPolling(api: Asking, { note }: PollingHealth): Asking {
  return {
    deleteWebhook: (...args) => api.deleteWebhook(...args),
    async getUpdates(...args) {
      try {
        const updates = await api.getUpdates(...args);
        note('ok');
        return updates;
      } catch (error) {
        note({ error });
        throw error;
      }
    },
  };
}

/** Of a webhook; `noteDelivery` hears of each update that was taken in. */
export type WebhookHealth = { fault: () => Promise<string | undefined>; noteDelivery: () => void };

const ASK_MS = 60_000;
const ASK_AGAIN_MS = 10_000;
/**
 * For so long an error counts that no delivery has followed. Less than Telegram's longest pause between two tries: who is taken out of
 * service for not being ready is in it again when the next one comes.
 */
const ERROR_COUNTS_MS = 90_000;

type WebhookHealthOptions = {
  /** Hears that Telegram has no webhook of this bot any more. */
  onGone?: () => Promise<void>;
  nowMs?: () => number;
  unixMs?: () => number;
};

/** Asks Telegram at most once a minute what it says of the webhook at `url`. */
export function openWebhookHealth(
  api: Pick<Api, 'getWebhookInfo'>,
  url: string,
  { onGone = async () => undefined, nowMs = () => performance.now(), unixMs = Date.now }: WebhookHealthOptions = {},
): WebhookHealth {
  let info: { url?: string; last_error_date?: number } | undefined;
  let wellAt = nowMs();
  let askAt = -Infinity;
  let deliveredAt = -Infinity;

  async function ask(): Promise<void> {
    askAt = nowMs() + ASK_MS;
    try {
      info = await api.getWebhookInfo();
      wellAt = nowMs();
    } catch {
      askAt = nowMs() + ASK_AGAIN_MS;
      return;
    }
    // Not where another one is set: two that each took it back would take turns for ever.
    if (info.url !== '') return;
    askAt = nowMs() + ASK_AGAIN_MS;
    await onGone();
  }

  return {
    noteDelivery: () => {
      deliveredAt = unixMs();
    },
    async fault() {
      if (nowMs() >= askAt) await ask();
      const silentMs = nowMs() - wellAt;
      if (silentMs > ASK_MS + ASK_AGAIN_MS) return `Telegram has not answered for ${Math.floor(silentMs / 1000)} s`;
      if (info?.url === '') return 'no webhook is set';
      if (info?.url !== undefined && info.url !== url) return 'another webhook is set';
      const failedAt = (info?.last_error_date ?? -Infinity) * 1000;
      // It tells whole seconds.
      if (failedAt + 1000 > deliveredAt && unixMs() - failedAt < ERROR_COUNTS_MS) return 'deliveries to the webhook fail';
      return undefined;
    },
  };
}
