import { Api } from 'grammy';
import type { TelegramClient } from './client.ts';

export type { Api } from 'grammy';

/** Which bot, and where its Bot API is. */
export type BotApiAddress = { token: string; apiRoot: string };

/** Calls of the Bot API by this client. */
export function openApi({ token, apiRoot }: BotApiAddress, { fetch }: Pick<TelegramClient, 'fetch'>): Api {
  return new Api(token, { apiRoot, fetch });
}
