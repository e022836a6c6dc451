import { type AskedName, askName } from '../../channels/telegram/ask-name.ts';
import { readBotConfig, readStorageConfig } from '../../config/for-commands.ts';
import { SANDBOX_BOT } from '../../domain/sandbox-bot.ts';
import type { Shell } from '../kit/shell.ts';

/** Why it is not known which bot is meant, and what to do, in Russian. */
export class BotUnknown extends Error {}

/** A user name as people write it, with @ or as a link, without them. @throws {BotUnknown} */
export function readBotName(typed: string): string {
  const name = /^(?:@|(?:https:\/\/)?t\.me\/)?([a-z][a-z0-9_]{3,31})$/i.exec(typed.trim())?.[1];
  if (name === undefined) throw new BotUnknown(`--bot: нужно имя бота в Telegram, например inkomus_bot`);
  return name;
}

/** How the bot is called over whose data the command works: of `BOT_TOKEN` Telegram is asked. @throws {BotUnknown} */
export async function findBotName(shell: Shell): Promise<string> {
  if (readStorageConfig(shell.env, shell.folder).sandbox) return SANDBOX_BOT;
  const { botToken, telegramApiRoot, proxyUrl } = readBotConfig(shell.env, shell.folder);
  if (botToken === undefined)
    throw new BotUnknown('Неизвестно, в какой бот ведут ссылки: задайте BOT_TOKEN или назовите бота: --bot inkomus_bot');
  const asked = await askName({ token: botToken, apiRoot: telegramApiRoot }, proxyUrl);
  if (asked.outcome === 'named') return asked.name;
  throw new BotUnknown(WHY[asked.outcome]);
}

const WHY: Readonly<Record<Exclude<AskedName['outcome'], 'named'>, string>> = {
  refused:
    'BOT_TOKEN: Telegram не знает такого бота; скопируйте токен ещё раз из @BotFather или назовите бота: --bot inkomus_bot',
  'no-way':
    'PROXY_URL: через этот прокси до Telegram не дойти, и имя бота не узнать; проверьте прокси или назовите бота: --bot inkomus_bot',
  silent: 'Telegram не отвечает, и имя бота не узнать; повторите позже или назовите бота: --bot inkomus_bot',
};
