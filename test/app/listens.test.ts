import { expect, onTestFinished, test } from 'vitest';
import { startBotApi } from '../kit/edge/bot-api.ts';
import { FROM_ELSEWHERE, knock } from '../kit/edge/knock.ts';
import { beginBot, openBot } from '../kit/edge/open-bot.ts';
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
  const knocked = async (way: Record<string, string>) => {
    const bot = await openBot({ ...settings, ...way });
    const port = await bot.port();
    const heard = [await knock('127.0.0.1', port), await knock(FROM_ELSEWHERE, port)];
    await bot.close();
    return heard;
  };
  for (const [way, here, elsewhere] of ways) {
    let heard = await knocked(way);
    // A port that is the bot's at one address may by chance be another program's at the other.
    const mayBeAnothers = here !== elsewhere;
    for (let more = mayBeAnothers ? 3 : 0; more > 0 && heard.join() === 'open,open'; more -= 1) heard = await knocked(way);
    expect(heard, JSON.stringify(way)).toEqual([here, elsewhere]);
  }

  // Of the documentation's addresses (RFC 5737) no machine has one.
  const nowhere = beginBot({ ...settings, HOST: '192.0.2.1' });
  await expect(nowhere.ready()).rejects.toThrow(
    /^HOST: такого адреса у этой машины нет \(EADDRNOTAVAIL\): 127\.0\.0\.1 — только для неё самой, .*$/,
  );
}, 300_000);
