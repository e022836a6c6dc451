import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import type { Db } from '../../../src/records/database.ts';
import { migrate } from '../../../src/records/migrate.ts';
import { startBotApi } from '../../kit/edge/bot-api.ts';
import { freePort } from '../../kit/edge/free-port.ts';
import { startPgbouncer } from '../../kit/edge/pgbouncer.ts';
import { startProgram } from '../../kit/edge/program.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { type TestRedis, testRedis, testRedisCluster } from '../../kit/redis.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Beside Postgres: where dialogs under way are, and what stands between. */
export type Scenery = { redis?: 'one' | 'cluster'; bouncer?: boolean /** Where Postgres's data lie. */; folder?: string };

export const STAFF_CHAT = -1_001_000_001;

/** The shipped program against servers of its own, each behind a cable that can be cut, and Telegram in our hand. */
export async function openStage({ redis: kind, bouncer: isPooled, folder: given }: Scenery) {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).toReversed()) await end().catch(() => undefined);
  };
  try {
    const folder = given ?? (await mkdtemp(join(tmpdir(), 'bench-faults-')));
    if (given === undefined) closers.push(() => rm(folder, { recursive: true, force: true }));
    const postgres = await startPostgres(join(folder, 'data'));
    closers.push(postgres.close);
    await migrate(postgres.db());

    const telegram = await startBotApi({ staffChat: STAFF_CHAT });
    closers.push(telegram.close);
    // A plain group: a request is a card in it, and answers to that.
    telegram.interfereWith(({ method }) =>
      method === 'createForumTopic'
        ? { refuse: { error_code: 400, description: 'Bad Request: the chat is not a forum' } }
        : undefined,
    );

    const redis = kind === undefined ? undefined : await startRedis(kind);
    if (redis) closers.push(redis.close);
    const bouncer = isPooled ? await startPgbouncer(postgres.proxiedUrl) : undefined;
    if (bouncer) closers.push(bouncer.stop);

    const port = await freePort();
    const settings: Record<string, string> = {
      DATABASE_URL: bouncer?.url ?? postgres.proxiedUrl,
      ...(redis && { REDIS_URL: redis.proxiedUrl }),
      TELEGRAM_API_ROOT: telegram.apiRoot,
      STAFF_CHAT_ID: String(STAFF_CHAT),
      PORT: String(port),
      LOG_LEVEL: 'warn',
      PAYMENT_PROVIDER_TOKEN: '381764678:TEST:77',
      PAYEE_NAME: 'АО «ВЦ»',
      PAYEE_INN: '6154999016',
      PAYEE_ACCOUNT: '40702810300100000017',
      PAYEE_BANK: 'Банк',
      PAYEE_BIC: '046099701',
      PAYEE_CORR_ACCOUNT: '30101810300000000701',
    };
    const start = async () => {
      // 'the bot is at work' is said to those who listen to it.
      const program = await startProgram({ ...settings, LOG_LEVEL: 'info' });
      closers.push(program.dispose);
      await program.ready();
      return program;
    };
    let program = await start();
    return {
      postgres,
      redis,
      telegram,
      /** kill -9, and a new process. */
      async killAndStart() {
        await program.stop('SIGKILL');
        program = await start();
      },
      log: () => program.output(),
      /** What `/readyz` says. */
      async readiness(): Promise<string> {
        const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(6_000) }).catch(
          () => undefined,
        );
        return response ? `${response.status} ${await response.text()}` : 'no answer';
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startPostgres(dataDir: string) {
  let server: EmbeddedPostgres;
  let db: Db;
  const open = async () => {
    server = await startEmbeddedPostgres(dataDir);
    db = openDb(openPool({ connectionString: server.url, max: 3 }));
    return server;
  };
  const { url } = await open();
  const proxy = await startTcpProxy(placeOfPostgres(url));
  return {
    proxy,
    proxiedUrl: throughPort(url, proxy.port),
    /** Straight to the server, for who looks on. */
    db: () => db,
    async stop() {
      await db.destroy();
      await server.stop();
    },
    async start() {
      proxy.redirect(placeOfPostgres((await open()).url));
    },
    async close() {
      await proxy.close();
      await db.destroy();
      await server.stop();
    },
  };
}

async function startRedis(kind: 'one' | 'cluster') {
  const servers: TestRedis = kind === 'one' ? await testRedis({ own: true }) : await testRedisCluster({ replicas: true });
  const ports = servers.url.split(',').map((url) => Number(new URL(url).port));
  // The nodes of a cluster tell each other's addresses: no cable between.
  const proxy = await startTcpProxy({ port: ports[0] ?? 0, host: '127.0.0.1' });
  return {
    servers,
    ports,
    proxy,
    proxiedUrl: kind === 'one' ? `redis://127.0.0.1:${proxy.port}` : servers.url,
    async close() {
      await proxy.close();
      await servers.stop();
    },
  };
}
