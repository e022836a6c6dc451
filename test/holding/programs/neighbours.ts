import { rm } from 'node:fs/promises';
import { connectEmbedded } from '../../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { migrate } from '../../../src/records/migrate.ts';
import { placeOfPostgres, startTcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { passableFolder } from '../../kit/passable-folder.ts';
import type { TestDatabase } from '../../kit/postgres.ts';
import { testRedis } from '../../kit/redis.ts';

export type Neighbours = Awaited<ReturnType<typeof startNeighbours>>;

/** Postgres and Redis of one run, each behind a cable that can be cut, and another cable to Postgres for who looks on. */
export async function startNeighbours() {
  const folder = await passableFolder('hold-postgres-');
  const start = () => connectEmbedded(folder, { fsync: false, maxConnections: 200, elsewhere: folder });
  let server = await start();
  const cable = await startTcpProxy(placeOfPostgres(server.url));
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
      url: throughPort(server.url, cable.port),
      cable,
      stop: () => server.stop(),
      async start() {
        server = await start();
        for (const each of [cable, ownCable]) each.redirect(placeOfPostgres(server.url));
      },
    },
    redis: { url: `redis://127.0.0.1:${redisCable.port}`, cable: redisCable, servers },
    /** After the database was closed. */
    async close() {
      await Promise.all([cable.close(), ownCable.close(), redisCable.close()]);
      await servers.stop();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
