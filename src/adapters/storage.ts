import type { Pool } from 'pg';
import type { Db } from '../records/database.ts';
import { revokeTurn } from '../records/revoked-turns.ts';
import type { BytesKeyring } from './keyring.ts';
import { startEmbeddedPostgres } from './postgres/embedded.ts';
import { openDb, openPool } from './postgres/pool.ts';
import { openRedis } from './redis.ts';
import { postgresTurns } from './turns/postgres.ts';
import { redisTurns } from './turns/redis.ts';
import type { ChatTurns } from './turns/turns.ts';

export type Storage = { db: Db; pool: Pool; url: string; isThere: () => Promise<boolean>; close: () => Promise<void> };

const OLDEST_POSTGRES = 15;
/** A small import on the same folder is over by then. */
const IN_USE_MS = 15_000;
/** Redis that is silent for longer is an outage: Telegram is told so in time, and brings the update again. */
const REDIS_ANSWER_MS = 1_000;
/** An update waits for the one before it until that one has come to its end or was given up. */
const WAIT_FOR_TURN_MS = 80_000;
/** After so long without a heartbeat the process that had a chat is dead, and the chat goes on. */
const LOCK_MS = 8_000;

/**
 * Postgres by its address, else our own of `dataDir`. `onLost` is called when our own ends by itself. Throws a sentence for the operator
 * when it cannot be used.
 */
export async function openStorage(
  databaseUrl: string | undefined,
  dataDir: string,
  onLost: (said: string) => void,
): Promise<Storage> {
  const embedded = databaseUrl === undefined ? await startEmbeddedPostgres(dataDir, { waitMs: IN_USE_MS }) : undefined;
  embedded?.onExit(onLost);
  const url = databaseUrl ?? embedded?.url ?? '';
  const pool = openPool({ connectionString: url, max: 20, connectionTimeoutMillis: 5_000 });
  const db = openDb(pool);
  try {
    await requirePostgres(pool);
  } catch (error) {
    await pool.end();
    await embedded?.stop();
    throw error;
  }
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
  { pool, db }: Pick<Storage, 'pool' | 'db'>,
  keyring: BytesKeyring,
  onTrouble: (message: string) => void,
): ChatTurns {
  const times = { waitMs: WAIT_FOR_TURN_MS, lockMs: LOCK_MS };
  const revoke = (token: string) => revokeTurn(db, token);
  if (redisUrl === undefined) return postgresTurns(pool, keyring, times, revoke);
  return redisTurns(openRedis(redisUrl, onTrouble), keyring, { times, answerMs: REDIS_ANSWER_MS, revoke });
}

async function requirePostgres(pool: Pool): Promise<void> {
  const version = await pool
    .query<{ version: number }>(`select current_setting('server_version_num')::int / 10000 as version`)
    .then(({ rows }) => rows[0]?.version ?? 0)
    .catch((error: unknown) => {
      throw new Error(`DATABASE_URL: Postgres cannot be used (${reasonOf(error)}): start it, or correct the address`, {
        cause: error,
      });
    });
  if (version < OLDEST_POSTGRES) {
    throw new Error(`DATABASE_URL: Postgres ${OLDEST_POSTGRES} or newer is expected, and this is ${version}`);
  }
}

/** A driver's message may hold an address or a name: its code says enough. */
function reasonOf(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  const codes = errors.map((one) => (one instanceof Error && 'code' in one ? String(one.code) : 'no answer'));
  return [...new Set(codes)].join(', ');
}
