import type { Cluster, Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Db } from '../records/database.ts';
import { insertRevokedTurn } from '../records/revoked-turns.ts';
import type { BytesKeyring } from './keyring.ts';
import type { EmbeddedPostgres } from './postgres/embedded.ts';
import { openPools } from './postgres/open-pools.ts';
import { openDb } from './postgres/pool.ts';
import { openStatementNames } from './postgres/statement-names.ts';
import { postgresTurns } from './turns/postgres.ts';
import type { ChatTurns } from './turns/turns.ts';

export type Storage = {
  db: Db;
  /** For what is answered quickly; a query that is not is given up. */
  pool: Pool;
  /** For work that may take minutes: imports, migrations. */
  patientPool: Pool;
  url: string;
  /** A pooler stands before Postgres: what a connection remembers may be another one's. */
  pooled: boolean;
  /** Ends the connections, and our own server. */
  close: () => Promise<void>;
};

/** A small import on the same folder is over by then. */
const IN_USE_MS = 15_000;
/** Redis that is silent for longer is an outage: Telegram is told so in time, and brings the update again. */
const REDIS_ANSWER_MS = 1_000;

export type StorageHooks = {
  /** Our own Postgres ended by itself. */
  onLost: (said: string) => void;
  /** Postgres is not there yet and is waited for; why. */
  onWait?: (why: string) => void;
};

/** Postgres by its address, waited for a while, else our own of `dataDir`. Throws a sentence for the operator when it cannot be used. */
export async function openStorage(
  databaseUrl: string | undefined,
  dataDir: string,
  { onLost, onWait = () => undefined }: StorageHooks,
): Promise<Storage> {
  const embedded = databaseUrl === undefined ? await startOwn(dataDir) : undefined;
  embedded?.onExit(onLost);
  const url = databaseUrl ?? embedded?.url ?? '';
  try {
    const { pool, patientPool, pooled } = await openPools(url, onWait);
    const db = openDb(pool, pooled ? undefined : openStatementNames());
    return {
      db,
      pool,
      patientPool,
      url,
      pooled,
      async close() {
        await Promise.all([db.destroy(), patientPool.end()]);
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function startOwn(dataDir: string): Promise<EmbeddedPostgres> {
  const { startEmbeddedPostgres } = await import('./postgres/embedded.ts');
  return startEmbeddedPostgres(dataDir, { waitMs: IN_USE_MS });
}

/**
 * A client for `REDIS_URL`; undefined where that is not set. It goes on trying to connect: `onAway` hears once why it could not, in the
 * client's words (address and reason only), `onBack` that it can again.
 */
export async function openRedisOf(
  redisUrl: string | undefined,
  { onAway, onBack }: { onAway: (said: string) => void; onBack: () => void },
): Promise<Redis | Cluster | undefined> {
  if (redisUrl === undefined) return undefined;
  // Each start is quicker by what it does without.
  const { openRedis } = await import('./redis.ts');
  return openRedis(redisUrl, onAway, onBack);
}

/** Turns of chats on Redis where there is one, else on Postgres. Closing them closes the client. */
export async function openTurnsOn(
  redis: Redis | Cluster | undefined,
  { pool, db, pooled }: Pick<Storage, 'pool' | 'db' | 'pooled'>,
  keyring: BytesKeyring,
): Promise<ChatTurns> {
  const revoke = (token: string) => insertRevokedTurn(db, token);
  if (redis === undefined) return postgresTurns(pool, keyring, {}, revoke, { named: !pooled });
  const { redisTurns } = await import('./turns/redis.ts');
  return redisTurns(redis, keyring, { answerMs: REDIS_ANSWER_MS, revoke });
}
