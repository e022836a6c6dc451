import type { Pool } from 'pg';
import { connectEmbedded } from '../adapters/postgres/embedded.ts';
import { openDb, openPool } from '../adapters/postgres/pool.ts';
import { readStorageConfig } from '../config.ts';
import { migrate } from '../records/migrate.ts';

/**
 * Opens the same storage as the bot (`DATABASE_URL`, else the embedded server of `DATA_DIR`, running or not), brings its schema up, lets
 * `work` use it (and hear which migrations that took) and leaves it as it was found.
 */
export async function withStorage<A>(work: (pool: Pool, migrated: readonly string[]) => Promise<A>): Promise<A> {
  const { databaseUrl, dataDir } = readStorageConfig();
  const embedded = databaseUrl === undefined ? await connectEmbedded(dataDir) : undefined;
  const pool = openPool({ connectionString: databaseUrl ?? embedded?.url, max: 4 });
  const db = openDb(pool);
  try {
    const migrated = await migrate(db);
    return await work(pool, migrated);
  } finally {
    await db.destroy();
    await embedded?.stop();
  }
}
