import type { BotAddress } from '../../domain/bot-address.ts';
import type { Shell } from '../kit/shell.ts';
import { BotUnknown, type CommandMessenger } from './messenger.ts';
import { telegram } from './telegram.ts';

/** In the order in which the operator reads of them; a name alone, without a link, is a bot's of the first. */
export const MESSENGERS: readonly CommandMessenger[] = [telegram];

/** A bot as it was named. @throws {BotUnknown} */
export function readBot(typed: string, messengers = MESSENGERS): BotAddress {
  for (const { readBot: read } of messengers) {
    const bot = read(typed);
    if (bot) return bot;
  }
  throw new BotUnknown('--bot: нужно имя бота в Telegram, например inkomus_bot');
}

/** The bot over whose data the command works, of the first messenger in which there is one. @throws {BotUnknown} */
export async function findBot(shell: Shell, messengers = MESSENGERS): Promise<BotAddress> {
  for (const { findBot: find } of messengers) {
    const bot = await find(shell);
    if (bot) return bot;
  }
  throw new BotUnknown('Неизвестно, в какой бот ведут ссылки: задайте BOT_TOKEN или назовите бота: --bot inkomus_bot');
}
