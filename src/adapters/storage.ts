import type { Pool } from 'pg';
import type { Db } from '../records/database.ts';
import type { BytesKeyring } from './keyring.ts';
import { connectEmbedded } from './postgres/embedded.ts';
import { openDb, openPool } from './postgres/pool.ts';
import { openRedis } from './redis.ts';
import { postgresTurns } from './turns/postgres.ts';
import { redisTurns } from './turns/redis.ts';
import type { ChatTurns } from './turns/turns.ts';

export type Storage = { db: Db; pool: Pool; url: string; isThere: () => Promise<boolean>; close: () => Promise<void> };

/** Postgres by its address, else our own of `dataDir`. `onLost` is called when our own ends by itself. */
export async function openStorage(
  databaseUrl: string | undefined,
  dataDir: string,
  onLost: (said: string) => void,
): Promise<Storage> {
  const embedded = databaseUrl === undefined ? await connectEmbedded(dataDir) : undefined;
  embedded?.onExit(onLost);
  const url = databaseUrl ?? embedded?.url ?? '';
  const pool = openPool({ connectionString: url, max: 20, connectionTimeoutMillis: 5_000 });
  const db = openDb(pool);
  return {
    db,
    pool,
    url,
    isThere: () =>
      pool.query('select 1').then(
        () => true,
        () => false,
      ),
    async close() {
      await db.destroy();
      await embedded?.stop();
    },
  };
}

/** Turns of chats on Redis where there is one, else on Postgres. */
export function openTurnsOn(
  redisUrl: string | undefined,
  pool: Pool,
  keyring: BytesKeyring,
  onTrouble: (message: string) => void,
): ChatTurns {
  return redisUrl === undefined ? postgresTurns(pool, keyring) : redisTurns(openRedis(redisUrl, onTrouble), keyring);
}
