import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keyPrints } from '../../../src/adapters/keyring.ts';
import { createReadiness } from '../../../src/adapters/http/readiness.ts';
import { healthRoutes, startWeb } from '../../../src/adapters/http/server.ts';
import * as make from '../../kit/make.ts';
import { bringToWork, type Change, OWNER, SECRETS, textOf, useStage } from './stage.ts';

const stage = useStage();

describe('where it listens, and whether it is at work', () => {
  const notAtWork = async () => {
    await stage().db.deleteFrom('leads').execute();
    onTestFinished(() => bringToWork(stage().db));
  };
  /** The pages by which a bot says how it is; `ready`: it has opened all. */
  async function serve(owner: string | undefined, { ready = false, troubles = [] as readonly string[] } = {}) {
    const readiness = createReadiness();
    for (const name of troubles) readiness.watch({ name, look: () => 'ECONNREFUSED' });
    if (ready) readiness.open();
    else readiness.waitFor('Telegram');
    const routes = healthRoutes(readiness, { figures: async () => '', contentType: 'text/plain' }, owner);
    const web = await startWeb({ host: '127.0.0.1', port: 0, routes, onError: () => undefined });
    onTestFinished(web.close);
    return { env: { PORT: String(web.port) } };
  }
  const linesOf = async (change: Change = {}) =>
    (await stage().findingsOf(change))
      .filter(({ about }) => ['бот', 'PORT', 'HOST'].includes(about))
      .map((each) => textOf([each]));

  test('an address of no machine, a port that another program or another bot has', async () => {
    expect(await linesOf({ env: { HOST: '192.0.2.1' } })).toEqual([
      'good бот: работает',
      expect.stringMatching(/^fault HOST: такого адреса у этой машины нет \(EADDRNOTAVAIL\): 127\.0\.0\.1/),
    ]);
    const program = await serve(undefined, { ready: true });
    expect(await linesOf(program)).toEqual([
      'good бот: работает',
      expect.stringMatching(/^fault PORT: порт \d+ уже занят \(EADDRINUSE\): остановите того, кто его занял/),
    ]);
    const another = await serve('bot 12', { ready: true });
    expect(await linesOf(another)).toEqual([
      'good бот: работает',
      expect.stringMatching(/^fault PORT: порт \d+ занял другой бот \(bot 12\): задайте этому другой PORT/),
    ]);
  }, 60_000);

  test('at work; at work with a fault', async () => {
    expect(await linesOf(await serve(OWNER, { ready: true }))).toEqual([
      'good бот: работает',
      expect.stringMatching(/^good PORT: 127\.0\.0\.1:\d+ занят этим же ботом$/),
    ]);
    const [bot] = await linesOf(await serve(OWNER, { ready: true, troubles: ['updates'] }));
    expect(
      textOf(await stage().findingsOf({ env: { ...(await serve(OWNER, { ready: true })).env, STAFF_CHAT_ID: '7' } })),
    ).toMatch(/^fault настройки: STAFF_CHAT_ID: [^\n]*$/);
    expect(bot).toMatch(/^warning бот: работает, но \/readyz говорит «updates: ECONNREFUSED»/);
  }, 60_000);

  test('it starts and waits, says for whom, and is not told to be started', async () => {
    await notAtWork();
    const starting = await serve(OWNER, { troubles: ['redis'] });
    expect(await linesOf(starting)).toEqual([
      expect.stringMatching(/^warning бот: запускается и ждёт \(Telegram не отвечает; redis: ECONNREFUSED\): причина/),
      expect.stringMatching(/^good PORT: .* занят этим же ботом$/),
    ]);
    const [webAlone] = await linesOf(await serve(OWNER, { ready: true }));
    expect(webAlone).toMatch(/^warning бот: принимает сообщения, но .*: npm start -- worker$/);
  }, 60_000);

  test('it is not there: with records that is to be looked at, on an empty base it is not', async () => {
    await notAtWork();
    const [bot, port] = await linesOf();
    expect(bot).toBe('warning бот: сейчас не запущен: npm start');
    expect(port).toMatch(/^good PORT: .* свободен$/);
    await sql`delete from accounts`.execute(stage().db);
    onTestFinished(() => make.account(stage().db, { number: '0012345' }));
    expect((await linesOf())[0]).toBe('good бот: сейчас не запущен');
  }, 60_000);

  test('a base that has no key yet is not said to fit', async () => {
    const print = keyPrints(SECRETS.SECRET_KEY)[0] ?? '';
    await sql`update data_owner set key_print = null`.execute(stage().db);
    onTestFinished(async () => void (await sql`update data_owner set key_print = ${print}`.execute(stage().db)));
    expect(textOf(await stage().findingsOf())).toMatch(/^good SECRET_KEY: задан; у этой базы ключа ещё нет/m);
  }, 60_000);
});
