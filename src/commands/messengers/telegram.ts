import { type AskedName, askName } from '../../channels/telegram/ask-name.ts';
import { telegramAddress } from '../../channels/telegram/bot-address.ts';
import { readBotConfig, readStorageConfig } from '../../config/for-commands.ts';
import { SANDBOX_BOT } from '../../domain/sandbox-bot.ts';
import { lookAtTelegramOf } from '../doctor/telegram.ts';
import { BotUnknown, type CommandMessenger } from './messenger.ts';

export const telegram: CommandMessenger = {
  title: 'Telegram',
  look: lookAtTelegramOf,

  /** Of `BOT_TOKEN` Telegram is asked. */
  async findBot({ env, folder }) {
    if (readStorageConfig(env, folder).sandbox) return telegramAddress(SANDBOX_BOT);
    const { botToken, telegramApiRoot, proxyUrl } = readBotConfig(env, folder);
    if (botToken === undefined) return undefined;
    const asked = await askName({ token: botToken, apiRoot: telegramApiRoot }, proxyUrl);
    if (asked.outcome === 'named') return telegramAddress(asked.name);
    throw new BotUnknown(WHY[asked.outcome]);
  },

  /** A user name with @ or without, or a link. */
  readBot(typed) {
    const name = /^(?:@|(?:https:\/\/)?t\.me\/)?([a-z][a-z0-9_]{3,31})$/i.exec(typed.trim())?.[1];
    return name === undefined ? undefined : telegramAddress(name);
  },
};

const WHY: Readonly<Record<Exclude<AskedName['outcome'], 'named'>, string>> = {
  refused:
    'BOT_TOKEN: Telegram не знает такого бота; скопируйте токен ещё раз из @BotFather или назовите бота: --bot inkomus_bot',
  'no-way':
    'PROXY_URL: через этот прокси до Telegram не дойти, и имя бота не узнать; проверьте прокси или назовите бота: --bot inkomus_bot',
  silent: 'Telegram не отвечает, и имя бота не узнать; повторите позже или назовите бота: --bot inkomus_bot',
};
