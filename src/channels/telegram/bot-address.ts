import type { BotAddress } from '../../domain/bot-address.ts';

/** The address of the bot that Telegram knows by this name (core.telegram.org/bots/features#deep-linking). */
export function telegramAddress(name: string): BotAddress {
  return { name, link: (start) => `https://t.me/${name}${start === undefined ? '' : `?start=${start}`}` };
}
