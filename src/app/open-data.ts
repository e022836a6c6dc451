import { dirname } from 'node:path';
import { claim, holdsBotsData, type Keys, openerOf, requireOwn } from '../adapters/data-owner.ts';
import type { Log } from '../adapters/log.ts';
import { openDb } from '../adapters/postgres/pool.ts';
import { whyNotMigrated } from '../adapters/postgres/unusable.ts';
import { closeDataDir, makeFolderOfSameOwner } from '../adapters/private-files.ts';
import { keysOfSandbox } from '../adapters/secret-key.ts';
import { openStorage, type Storage } from '../adapters/storage.ts';
import type { Config } from '../config/config.ts';
import { describeError } from '../reception/trouble.ts';
import { migrate } from '../records/migrate.ts';
import type { OnClose } from './on-close.ts';

export type Data = {
  storage: Storage;
  keys: Keys;
  /** Marks the data as ours; for a bot once Telegram has answered that it is this one. @throws {DataRefused} where somebody else was quicker. */
  claim: () => Promise<void>;
};

/**
 * The data that the settings name, with the newest schema. Nothing in them is changed before it is known that they may be opened.
 * @throws {DataRefused} where they are somebody else's, or were made with another key.
 */
export async function openData(
  config: Config,
  { log, onLost, onClose }: { log: Log; onLost: (what: string) => void; onClose: OnClose },
): Promise<Data> {
  const telegram = config.mode === 'telegram' ? config : undefined;
  const databaseUrl = telegram?.databaseUrl;
  const { dataDir } = config;
  if (!telegram) await makeFolderOfSameOwner(dataDir);
  const storage = await openStorage(databaseUrl, dataDir, {
    onLost: (said) => onLost(`The embedded Postgres ended: ${said}`),
    onWait: (why) => log.warn({ why }, 'DATABASE_URL: Postgres is not there yet; waiting for it'),
  });
  onClose(storage.close);
  await closeDataDir(dataDir, databaseUrl === undefined).catch((error: unknown) =>
    log.warn(describeError(error), 'DATA_DIR could not be closed to other users'),
  );
  const keys = telegram ? { secretKey: telegram.secretKey } : await keysOfSandbox(dataDir);
  const opening = { opener: openerOf(telegram?.botToken, databaseUrl), databaseUrl, dataDir };
  await requireOwn(storage.db, opening, keys);
  const migrations = await migrate(openDb(storage.patientPool)).catch((error: unknown) => {
    throw whyNotMigrated(error);
  });
  if (migrations.length > 0) log.info({ migrations }, 'the database was brought to its newest version');
  if (!telegram && (await holdsBotsData(dirname(dataDir)))) {
    log.warn('BOT_TOKEN is not set: this is the sandbox, and a bot’s data lie beside it in DATA_DIR');
  }
  return { storage, keys, claim: () => claim(storage.db, opening, keys) };
}
