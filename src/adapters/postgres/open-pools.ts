import type { Pool, PoolConfig, QueryResultRow } from 'pg';
import { sleep } from '../../runtime/sleep.ts';
import { endLostStatements } from './lost-statements.ts';
import { borrow, openPool } from './pool.ts';
import { codesOf, isNotThereYet, whyNotUtf8, whyUnusable } from './unusable.ts';

export type Pools = { pool: Pool; patientPool: Pool; pooled: boolean };

const OLDEST_POSTGRES = 15;
/** Both are started by the same power switch, and a recovery takes its time. */
const WAIT_MS = 30_000;
const AGAIN_MS = 500;

/** Longer than any answer that a person waits for. A connection that died without a word is given up after it. */
const QUERY_MS = 20_000;
/** Longer than an import of millions of rows. */
const PATIENT_QUERY_MS = 1_800_000;
/** Said to the server, which then does not hold locks for somebody who is gone. */
const SERVER_LIMITS = { statement_timeout: 25_000, idle_in_transaction_session_timeout: 60_000 };

const PATIENT_SERVER_LIMITS = { idle_in_transaction_session_timeout: 300_000 };

/** The pools on Postgres at `url`, once it answers; it is waited for, and `onWait` hears once why. Throws a sentence for the operator. */
export async function openPools(
  url: string,
  onWait: (why: string) => void,
  { waitMs = WAIT_MS }: { waitMs?: number } = {},
): Promise<Pools> {
  let told: string | undefined;
  let limits: PoolConfig = SERVER_LIMITS;
  for (const until = performance.now() + waitMs; ; ) {
    const pool = openPool({
      connectionString: url,
      max: 20,
      connectionTimeoutMillis: 5_000,
      query_timeout: QUERY_MS,
      ...limits,
    });
    try {
      const { version, pooled, encoding } = await lookAt(pool);
      if (version < OLDEST_POSTGRES) {
        throw new Error(`DATABASE_URL: нужен Postgres ${OLDEST_POSTGRES} или новее, а это ${version}: обновите его`);
      }
      const notUtf8 = whyNotUtf8(encoding);
      if (notUtf8 !== undefined) throw new Error(notUtf8);
      const patientPool = openPool({
        connectionString: url,
        max: 4,
        connectionTimeoutMillis: 5_000,
        query_timeout: PATIENT_QUERY_MS,
        ...(limits === SERVER_LIMITS && PATIENT_SERVER_LIMITS),
      });
      if (!pooled) endLostStatements(patientPool, (text, values) => askOn(pool, text, values));
      return { pool, patientPool, pooled };
    } catch (error) {
      await pool.end();
      // A pooler that does not know them: ours alone must do.
      if (limits === SERVER_LIMITS && isUnknownParameter(error)) {
        limits = {};
        continue;
      }
      if (error instanceof Error && error.message.startsWith('DATABASE_URL')) throw error;
      if (!isNotThereYet(error) || performance.now() > until) throw whyUnusable(error);
      const why = codesOf(error);
      if (told !== why) onWait(why);
      told = why;
      await sleep(AGAIN_MS);
    }
  }
}

async function askOn<Row extends QueryResultRow>(pool: Pool, text: string, values: unknown[]): Promise<Row[]> {
  const connection = await borrow(pool);
  try {
    return (await connection.query<Row>(text, values)).rows;
  } finally {
    connection.release();
  }
}

async function lookAt(pool: Pool): Promise<{ version: number; pooled: boolean; encoding: string | undefined }> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ version: number; backend: number; encoding: string }>(
      `select current_setting('server_version_num')::int / 10000 as version, pg_backend_pid() as backend,
        current_setting('server_encoding') as encoding`,
    );
    const { version = 0, backend, encoding } = rows[0] ?? {};
    // A pooler gives its clients numbers of its own.
    return { version, pooled: 'processID' in client && client.processID !== backend, encoding };
  } finally {
    client.release();
  }
}

function isUnknownParameter(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === '08P01' && /unsupported startup parameter/.test(error.message)
  );
}
