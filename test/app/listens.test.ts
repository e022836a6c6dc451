import { expect, onTestFinished, test } from 'vitest';
import { startBotApi } from '../kit/edge/bot-api.ts';
import { FROM_ELSEWHERE, knock } from '../kit/edge/knock.ts';
import { freePort } from '../kit/edge/free-port.ts';
import { spawnBot } from '../kit/edge/process.ts';
import { testDatabase } from '../kit/postgres.ts';

test('without a webhook it listens on this machine alone, with one on all addresses, and where HOST says', async () => {
  const [{ url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  onTestFinished(async () => {
    await telegram.close();
    await close();
  });
  const settings = { DATABASE_URL: url, TELEGRAM_API_ROOT: telegram.apiRoot, LOG_LEVEL: 'info' };
  const hook = { WEBHOOK_URL: 'http://127.0.0.1/hook', WEBHOOK_SECRET: 'secret' };
  const ways: [settings: Record<string, string>, here: string, elsewhere: string][] = [
    [{}, 'open', 'ECONNREFUSED'],
    [{ HOST: '0.0.0.0' }, 'open', 'open'],
    [hook, 'open', 'open'],
    [{ ...hook, HOST: '127.0.0.1' }, 'open', 'ECONNREFUSED'],
    [{ HOST: FROM_ELSEWHERE }, 'ECONNREFUSED', 'open'],
  ];
  for (const [way, here, elsewhere] of ways) {
    const port = await freePort();
    const bot = await spawnBot({ ...settings, ...way, PORT: String(port) });
    await bot.ready();
    expect([await knock('127.0.0.1', port), await knock(FROM_ELSEWHERE, port)], JSON.stringify(way)).toEqual([here, elsewhere]);
    await bot.stop('SIGTERM');
  }

  // Of the documentation's addresses (RFC 5737) no machine has one.
  const nowhere = await spawnBot({ ...settings, LOG_LEVEL: 'silent', HOST: '192.0.2.1' });
  expect(await nowhere.ended()).toBe(1);
  expect(nowhere.output()).toMatch(
    /^HOST is no address of this machine \(EADDRNOTAVAIL\): 127\.0\.0\.1 is for itself alone.*\n$/,
  );
}, 300_000);
