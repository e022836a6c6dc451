import type { Api } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import { openApi } from './api.ts';
import { createTelegramClient, type TelegramClient } from './client.ts';
import { getMe } from './get-me.ts';

/** One bot's way to Telegram, which has answered who it is. */
export type TelegramConnection = {
  token: string;
  apiRoot: string;
  /** Under `api`. */
  client: TelegramClient;
  api: Api;
  me: UserFromGetMe;
};

/** Waits for Telegram's first answer as long as it takes; `onSilence` hears why there is none yet. */
export async function connectTelegram({
  token,
  apiRoot,
  proxyUrl,
  onFloodWait,
  onSilence,
  onClose,
}: {
  token: string;
  apiRoot: string;
  /** `PROXY_URL` */
  proxyUrl: string | undefined;
  onFloodWait: (method: string) => void;
  onSilence: (error: unknown) => void;
  onClose: (close: () => Promise<unknown> | void) => void;
}): Promise<TelegramConnection> {
  const client = createTelegramClient({ proxyUrl, onFloodWait });
  onClose(client.close);
  const api = openApi({ token, apiRoot }, client);
  return { token, apiRoot, client, api, me: await getMe(api, onSilence) };
}
