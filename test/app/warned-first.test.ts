import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../kit/edge/free-port.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { testDatabase } from '../kit/postgres.ts';

/** Nobody listens there. */
const deadTelegram = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

test('a misspelled setting is warned of though Telegram is not to be reached, which it may be the cause of', async () => {
  const { url, close } = await testDatabase();
  onTestFinished(close);
  const bot = await spawnBot({
    DATABASE_URL: url,
    TELEGRAM_API_ROOT: await deadTelegram(),
    LOG_LEVEL: 'info',
    PORT: String(await freePort()),
    PROXY_ULR: 'socks5://127.0.0.1:1080',
  });
  await expect.poll(() => bot.output(), { timeout: 60_000 }).toContain('Telegram does not answer');
  expect(bot.output()).toContain('PROXY_ULR is no setting and is not read; is PROXY_URL meant?');
}, 300_000);
