import { dirname } from 'node:path';
import { claim, endDeletion, holdsBotsData, type Keys, requireMoved, requireOwn } from '../adapters/data-owner.ts';
import type { Log } from '../adapters/log.ts';
import { nameOfError } from '../runtime/name-of-error.ts';
import { setOrphanAside } from '../adapters/postgres/data-folder.ts';
import { elsewhereOf } from '../adapters/postgres/embedded.ts';
import { openDb } from '../adapters/postgres/pool.ts';
import { whyNotMigrated } from '../adapters/postgres/unusable.ts';
import { closeDataDir, makeFolderOfSameOwner } from '../adapters/private-files.ts';
import { findSandboxKey, keysOfSandbox } from '../adapters/secret-key.ts';
import { openStorage, type Storage } from '../adapters/storage.ts';
import type { Config } from '../config/config.ts';
import { migrate } from '../records/migrate.ts';
import type { OnClose } from './on-close.ts';

export type Data = {
  storage: Storage;
  keys: Keys;
  /** Marks the data as ours; for a bot once its messenger has answered that it is this one. @throws {DataRefused} where somebody else was quicker. */
  claim: () => Promise<void>;
};

/**
 * The data that the settings name, with the newest schema. Nothing in them is changed before it is known that they may be opened.
 * @throws {DataRefused} where they are somebody else's, were made with another key, or have not been moved yet.
 */
export async function openData(
  config: Config,
  { log, onLost, onClose }: { log: Log; onLost: (what: string) => void; onClose: OnClose },
): Promise<Data> {
  const bot = config.mode === 'bot' ? config : undefined;
  const databaseUrl = bot?.databaseUrl;
  const { dataDir, owner: opener } = config;
  if (!bot) {
    await endDeletion(dataDir);
    await makeFolderOfSameOwner(dataDir);
    // Whoever deletes the folder by hand deletes its key with it, and not what root keeps elsewhere: without that key nobody opens it.
    const left = (await findSandboxKey(dataDir)) === undefined ? await setOrphanAside(dataDir, elsewhereOf(dataDir)) : undefined;
    if (left)
      log.warn(
        `DATA_DIR: в ${left.from} остались данные прежней песочницы ${dataDir}, её папка удалена; они отложены в ${left.to}, их можно удалить`,
      );
  }
  const storage = await openStorage(databaseUrl, dataDir, {
    onLost: (said) => onLost(`The embedded Postgres ended: ${said}`),
    onWait: (why) =>
      log.warn(`DATABASE_URL: Postgres пока не отвечает (${why}), бот его ждёт: запустите его или исправьте адрес`),
  });
  onClose(storage.close);
  await closeDataDir(dataDir, databaseUrl === undefined).catch((error: unknown) =>
    log.warn(`DATA_DIR: закрыть папку от других пользователей не удалось (${nameOfError(error)}): chmod 700`),
  );
  const keys = bot ? { secretKey: bot.secretKey } : await keysOfSandbox(dataDir);
  const opening = { opener, databaseUrl, dataDir };
  await requireOwn(storage.db, opening, keys);
  await requireMoved(storage.db, opening);
  const migrations = await migrate(openDb(storage.patientPool)).catch((error: unknown) => {
    throw whyNotMigrated(error);
  });
  if (migrations.length > 0) log.info({ migrations }, 'the database was brought to its newest version');
  if (!bot && (await holdsBotsData(dirname(dataDir)))) {
    log.warn('BOT_TOKEN: не задан, это песочница, а рядом в DATA_DIR лежат данные бота: если нужен он, задайте BOT_TOKEN');
  }
  return { storage, keys, claim: () => claim(storage.db, opening, keys) };
}
