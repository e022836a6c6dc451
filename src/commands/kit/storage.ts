import { dirname } from 'node:path';
import type { Pool } from 'pg';
import { claim, DataRefused, holdsBotsData, type Opening, requireMoved, requireOwn } from '../../adapters/data-owner.ts';
import { connectEmbedded } from '../../adapters/postgres/embedded.ts';
import { requireUtf8 } from '../../adapters/postgres/look.ts';
import { openDb, openPool } from '../../adapters/postgres/pool.ts';
import { makeFolderOfSameOwner } from '../../adapters/private-files.ts';
import { readStorageConfig, type StorageConfig } from '../../config/for-commands.ts';
import type { DataOwner } from '../../domain/data-owner.ts';
import { migrate } from '../../records/migrate.ts';
import type { Shell } from './shell.ts';

/**
 * Opens the same storage as the bot (`DATABASE_URL`, else the embedded server of `DATA_DIR`, running or not), brings its schema up, lets
 * `work` use it (and hear which migrations that took) and leaves it as it was found. Data that are another's are refused.
 */
export async function withStorage<A>(shell: Shell, work: (pool: Pool, migrated: readonly string[]) => Promise<A>): Promise<A> {
  return withDataOf(undefined, shell, work);
}

/** The same, opened as `opener` instead of the bot of the settings. */
export async function withDataOf<A>(
  opener: DataOwner | undefined,
  shell: Shell,
  work: (pool: Pool, migrated: readonly string[]) => Promise<A>,
): Promise<A> {
  return withOpened(readStorageConfig(shell.env, shell.folder), shell, async ({ pool, opening }) => {
    const db = openDb(pool);
    await requireUtf8(pool);
    const opened = { ...opening, opener: opener ?? opening.opener };
    await requireOwn(db, opened);
    await requireMoved(db, opened);
    const migrated = await migrate(db);
    // Which bot it is only its start knows for sure: its messenger has told it then that the token is right.
    await claim(db, { ...opened, opener: opened.opener === 'sandbox' ? 'sandbox' : 'bot' });
    return work(pool, migrated);
  });
}

export type OpenedStorage = {
  pool: Pool;
  opening: Opening;
  /** Another process has our own server of `DATA_DIR`. */
  inUse: boolean;
};

/** Opens the storage of these settings for `work`, whoever has made the data and whatever schema they have, and leaves it as it was found. */
export async function withOpened<A>(
  config: StorageConfig,
  shell: Shell,
  work: (opened: OpenedStorage) => Promise<A>,
): Promise<A> {
  const { databaseUrl, dataDir, owner } = config;
  if (config.sandbox) {
    await requireSandbox(config, shell);
    await makeFolderOfSameOwner(dataDir);
  }
  const opening = { opener: owner, databaseUrl, dataDir };
  const embedded = databaseUrl === undefined ? await connectEmbedded(dataDir) : undefined;
  const pool = openPool({ connectionString: databaseUrl ?? embedded?.url, max: 4, connectionTimeoutMillis: 10_000 });
  try {
    return await work({ pool, opening, inUse: embedded?.owned === false });
  } finally {
    await pool.end();
    await embedded?.stop();
  }
}

/** Without BOT_TOKEN the sandbox's data are meant; where there is none and the bot's lie beside, the token was forgotten. */
async function requireSandbox({ dataDir }: StorageConfig, shell: Shell): Promise<void> {
  const around = dirname(dataDir);
  if (!(await holdsBotsData(around))) return;
  if (await holdsBotsData(dataDir)) {
    shell.tell(`Это данные песочницы: ${dataDir}. С данными бота команда работает, когда задан BOT_TOKEN.`);
    return;
  }
  throw new DataRefused(
    `DATA_DIR ${around}: здесь данные бота (или прежней песочницы), а без BOT_TOKEN команда работает с песочницей, которой ещё нет: задайте BOT_TOKEN или запустите песочницу (npm start)`,
  );
}
