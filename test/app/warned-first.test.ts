import { expect, onTestFinished, test } from 'vitest';
import { startBotApi } from '../kit/edge/bot-api.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { beginBot } from '../kit/edge/open-bot.ts';
import { startTcpProxy } from '../kit/edge/tcp-proxy.ts';
import { testDatabase } from '../kit/postgres.ts';

test('a misspelled setting and a Redis that is away are warned of though Telegram is not to be reached; an outage has no frames', async () => {
  const [{ url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  const way = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(telegram.apiRoot).port) });
  onTestFinished(async () => {
    await way.close();
    await telegram.close();
    await close();
  });
  way.cut();
  const bot = beginBot({
    DATABASE_URL: url,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${way.port}`,
    LOG_LEVEL: 'info',
    PROXY_ULR: 'socks5://127.0.0.1:1080',
    REDIS_URL: `redis://:red1s-5ecret@127.0.0.1:${await freePort()}`,
  });
  await expect.poll(() => bot.output()).toContain('TELEGRAM_API_ROOT: Telegram не отвечает');
  expect(bot.output()).toContain('PROXY_ULR: такой настройки нет, она не читается: может быть, PROXY_URL?');
  await expect
    .poll(() => bot.output())
    .toContain('REDIS_URL: Redis не отвечает или не пишет (ECONNREFUSED): запустите его или исправьте адрес');
  expect(bot.output()).not.toMatch(/"where"| {4}at |red1s-5ecret/);
  expect(bot.output()).not.toContain('the bot is at work');
  way.mend();
  await bot.ready();
}, 300_000);
