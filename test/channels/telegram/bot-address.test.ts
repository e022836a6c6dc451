import { expect, test } from 'vitest';
import { telegramAddress } from '../../../src/channels/telegram/bot-address.ts';
import { paperStart } from '../../../src/domain/paper-link.ts';

test('a link opens the chat with the bot, and tells it where to begin', () => {
  const { name, link } = telegramAddress('inkomus_bot');
  expect(name).toBe('inkomus_bot');
  expect(link()).toBe('https://t.me/inkomus_bot');
  expect(link(paperStart('0012345' as never))).toBe('https://t.me/inkomus_bot?start=ls-0012345');
});
