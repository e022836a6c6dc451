import { rm } from 'node:fs/promises';
import { Redis } from 'ioredis';
import { connectEmbedded } from '../../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { migrate } from '../../../src/records/migrate.ts';
import { placeOfPostgres, startTcpProxy, type TcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { passableFolder } from '../../kit/passable-folder.ts';
import type { TestDatabase } from '../../kit/postgres.ts';
import { testRedis } from '../../kit/redis.ts';

export type Neighbours = Awaited<ReturnType<typeof startNeighbours>>;

/**
 * Postgres and Redis of one run behind cables that can be cut: to Postgres one for each program, and another for who looks on. `onStatement` hears
 * of whatever a program says to Postgres.
 */
export async function startNeighbours(programs: readonly string[], onStatement: (program: string) => void) {
  const folder = await passableFolder('hold-postgres-');
  const start = () => connectEmbedded(folder, { fsync: false, maxConnections: 200, elsewhere: folder });
  let server = await start();
  const cables = new Map<string, TcpProxy>();
  for (const program of programs)
    cables.set(program, await startTcpProxy(placeOfPostgres(server.url), () => () => onStatement(program)));
  const each = (act: (cable: TcpProxy) => void) => () => [...cables.values()].forEach(act);
  const ownCable = await startTcpProxy(placeOfPostgres(server.url));
  const url = throughPort(server.url, ownCable.port);
  const pool = openPool({ connectionString: url, max: 10, allowExitOnIdle: true });
  pool.on('error', () => undefined);
  const db = openDb(pool);
  await migrate(db);
  const servers = await testRedis({ own: true });
  const redisCable = await startTcpProxy({ port: Number(new URL(servers.url).port), host: '127.0.0.1' });

  const database: TestDatabase = { db, pool, url, close: () => db.destroy() };
  return {
    database,
    postgres: {
      urlFor: (program: string) => throughPort(server.url, cables.get(program)?.port ?? 0),
      cut: each((cable) => cable.cut()),
      freeze: each((cable) => cable.freeze()),
      freezeOpen: each((cable) => cable.freezeOpen()),
      mend: each((cable) => cable.mend()),
      slow: (ms: number) => each((cable) => cable.slow(ms))(),
      stop: () => server.stop(),
      async start() {
        server = await start();
        for (const cable of [...cables.values(), ownCable]) cable.redirect(placeOfPostgres(server.url));
      },
      async letWrite(may: boolean) {
        const change = may
          ? 'alter system reset default_transaction_read_only'
          : 'alter system set default_transaction_read_only = on';
        await pool.query(change);
        await pool.query('select pg_reload_conf()');
      },
    },
    redis: {
      url: `redis://127.0.0.1:${redisCable.port}`,
      cable: redisCable,
      servers,
      /** Said to the server itself, past the cable. */
      async tell(...words: readonly [string, ...string[]]) {
        const client = new Redis(servers.url, { maxRetriesPerRequest: 1 });
        client.on('error', () => undefined);
        await client.call(...words).finally(() => client.disconnect());
      },
    },
    /** After the database was closed. */
    async close() {
      await Promise.all([...cables.values(), ownCable, redisCable].map((cable) => cable.close()));
      await servers.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
