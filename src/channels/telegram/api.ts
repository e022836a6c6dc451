import { Api } from 'grammy';
import type { TelegramClient } from './client.ts';

export type { Api } from 'grammy';

/** Which bot, and where its Bot API is. */
export type BotAddress = { token: string; apiRoot: string };

/** Calls of the Bot API by this client. */
export function openApi({ token, apiRoot }: BotAddress, { fetch }: Pick<TelegramClient, 'fetch'>): Api {
  return new Api(token, { apiRoot, fetch });
}
