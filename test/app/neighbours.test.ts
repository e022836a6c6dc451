import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { payer } from '../bench/faults/residents.ts';
import { startBotApi, until } from '../kit/edge/bot-api.ts';
import { beginBot, type OpenBot, openBot } from '../kit/edge/open-bot.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../kit/edge/tcp-proxy.ts';
import { testDatabase } from '../kit/postgres.ts';
import { redisIsMissing, testRedis } from '../kit/redis.ts';
import { MAY_MOUNT, mountDisk } from '../kit/small-disk.ts';

/** What is promised of Postgres. */
const MOST_MS = 60_000;

async function openStage({ redis = false } = {}) {
  const [{ db, url, close }, telegram] = await Promise.all([testDatabase(), startBotApi()]);
  const proxy = await startTcpProxy(placeOfPostgres(url));
  const server = redis ? await testRedis({ own: true }) : undefined;
  onTestFinished(async () => {
    await telegram.close();
    await server?.stop();
    await proxy.close();
    await close();
  });
  const settings = {
    DATABASE_URL: throughPort(url, proxy.port),
    ...(server && { REDIS_URL: server.url }),
    TELEGRAM_API_ROOT: telegram.apiRoot,
    LOG_LEVEL: 'info',
    PAYMENT_PROVIDER_TOKEN: '381764678:TEST:77',
  };
  return { db, telegram, proxy, settings };
}

const readinessOf = async (bot: OpenBot): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${await bot.port()}/readyz`);
  return `${response.status} ${await response.text()}`;
};

/** New connections are read-only, and the old ones end: so it is after a failover, and when a provider's disk is full. */
async function makeReadOnly({ db }: Pick<Awaited<ReturnType<typeof openStage>>, 'db'>, on: boolean): Promise<void> {
  await db.connection().execute(async (own) => {
    await sql`set default_transaction_read_only = off`.execute(own);
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(own);
    const name = sql.id(rows[0]?.name ?? '');
    await (on
      ? sql`alter database ${name} set default_transaction_read_only = on`.execute(own)
      : sql`alter database ${name} reset default_transaction_read_only`.execute(own));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      own,
    );
  });
}

describe.skipIf(await redisIsMissing({ own: true }))('Postgres that answers and refuses, with Redis', () => {
  test('/readyz says so, and money that was taken meanwhile is credited once it can be written', async () => {
    const stage = await openStage({ redis: true });
    const { db, telegram } = stage;
    const bot = await openBot(stage.settings);
    const readiness = () => readinessOf(bot);
    const money = await payer({ telegram, db });
    await until('ready', async () => (await readiness()) === '200 ready', MOST_MS);

    await makeReadOnly(stage, true);
    money.pay();
    await until('it is known', async () => /^503 .*postgres: 25006/.test(await readiness()), MOST_MS);
    await until('the payment was tried', () => /"code":"25006"/.test(bot.output()), MOST_MS);
    expect(telegram.said(7_700).join('\n')).not.toContain('Сотрудники уже знают');

    await makeReadOnly(stage, false);
    await until('the money', async () => (await money.payments()).length > 0, MOST_MS);
    await until('ready again', async () => (await readiness()) === '200 ready', MOST_MS);
    expect(await money.payments()).toEqual([expect.objectContaining({ notCredited: null })]);
  }, 300_000);
});

test('/readyz: another process has the updates', async () => {
  const { telegram, settings } = await openStage();
  const bot = await openBot(settings);
  const readiness = () => readinessOf(bot);
  await until('ready', async () => (await readiness()) === '200 ready', MOST_MS);
  const description = 'Conflict: terminated by other getUpdates request';
  telegram.interfereWith(({ method }) => (method === 'getUpdates' ? { refuse: { error_code: 409, description } } : undefined));
  // The question that is being held ends with an update.
  telegram.push({ update_id: 1 });
  await until('it is known', async () => (await readiness()) === '503 updates: 409', MOST_MS);
  telegram.interfereWith(() => undefined);
  telegram.push({ update_id: 2 });
  await until('ready again', async () => (await readiness()) === '200 ready', MOST_MS);
}, 300_000);

test.skipIf(!MAY_MOUNT)(
  '/readyz: the disk of registries is full, wherever the database is',
  async () => {
    const { settings } = await openStage();
    const folder = await mkdtemp(join(tmpdir(), 'inkomus-full-'));
    const unmount = mountDisk(folder, 512);
    onTestFinished(async () => {
      unmount();
      await rm(folder, { recursive: true, force: true });
    });
    const bot = await openBot({ ...settings, DATA_DIR: folder });
    const readiness = () => readinessOf(bot);
    await until('ready', async () => (await readiness()) === '200 ready', MOST_MS);
    const filled = join(folder, 'filled');
    await writeFile(filled, Buffer.alloc(512_000)).catch(() => undefined);
    await until('it is known', async () => (await readiness()) === '503 disk: ENOSPC', MOST_MS);
    await rm(filled);
    await until('ready again', async () => (await readiness()) === '200 ready', MOST_MS);
  },
  300_000,
);

test('Postgres that starts after the bot is waited for', async () => {
  const { proxy, settings } = await openStage();
  proxy.cut();
  const bot = beginBot(settings);
  await until('it says so', () => bot.output().includes('DATABASE_URL: Postgres пока не отвечает'), MOST_MS);
  proxy.mend();
  await bot.ready();
  await until('ready', async () => (await readinessOf(bot)) === '200 ready', MOST_MS);
}, 300_000);
