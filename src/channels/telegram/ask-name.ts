import { type BotApiAddress, openApi } from './api.ts';
import { isTokenUnknown } from './attempt.ts';
import { createTelegramClient } from './client.ts';
import { proxySentence } from './proxy.ts';

/** `refused`: Telegram does not know the token; `no-way`: the proxy does not lead there. */
export type AskedName = { outcome: 'named'; name: string } | { outcome: 'refused' | 'no-way' | 'silent' };

/** Asks Telegram once how a bot is called. Never throws. */
export async function askName(bot: BotApiAddress, proxyUrl: string | undefined): Promise<AskedName> {
  const client = createTelegramClient({ proxyUrl });
  const api = openApi(bot, client);
  api.config.use(client.transformer(bot.apiRoot, bot.token));
  try {
    return { outcome: 'named', name: (await api.getMe()).username };
  } catch (error) {
    if (isTokenUnknown(error)) return { outcome: 'refused' };
    return { outcome: proxySentence(error) === undefined ? 'silent' : 'no-way' };
  } finally {
    client.close();
  }
}
