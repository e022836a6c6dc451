import type { DataOwner } from '../domain/data-owner.ts';
import type { BotConfig } from './config.ts';
import { centreFile, dataDir, isSandboxOf, ownerOf, READINGS_WINDOW, TELEGRAM, timeZone } from './defaults.ts';
import { ConfigError, type Env, freeze, readSome } from './read.ts';

export type { Env } from './read.ts';

/** What a command needs of the settings, and no more: it may be called where the others are not at hand. */

export type StorageConfig = {
  databaseUrl: string | undefined;
  /** Of the bot that has this storage, like that of its own settings. */
  dataDir: string;
  owner: DataOwner;
  /** The bot that has this storage is the sandbox's. */
  sandbox: boolean;
};

/**
 * Where the data are, for commands that need no more: the operator may call them where the bot's own settings are not at hand.
 * @throws {ConfigError}
 */
export function readStorageConfig(env?: Env, folder = process.cwd()): StorageConfig {
  const fields = readSome(env, folder, ['BOT_TOKEN', 'DATABASE_URL', 'DATA_DIR']);
  return freeze({
    databaseUrl: fields.DATABASE_URL,
    dataDir: dataDir(fields, folder),
    owner: ownerOf(fields),
    sandbox: isSandboxOf(fields),
  });
}

/**
 * What a command needs to make or read secrets as the bot does; `secretKey` is undefined where the sandbox's own is meant.
 * @throws {ConfigError}
 */
export function readKeyConfig(
  env?: Env,
  folder = process.cwd(),
): { dataDir: string; secretKey: string | undefined; timeZone: string } {
  const fields = readSome(env, folder, ['BOT_TOKEN', 'DATABASE_URL', 'DATA_DIR', 'SECRET_KEY', 'TIME_ZONE']);
  const sandbox = isSandboxOf(fields);
  if (!sandbox && fields.SECRET_KEY === undefined)
    throw new ConfigError(['SECRET_KEY: с BOT_TOKEN или DATABASE_URL нужен тот же ключ, что у бота: задайте его']);
  const secretKey = sandbox ? undefined : fields.SECRET_KEY;
  return freeze({ dataDir: dataDir(fields, folder), secretKey, timeZone: timeZone(fields) });
}

/**
 * The centre's settings file and whose days are meant, for commands that speak of what staff did.
 * @throws {ConfigError}
 */
export function readCentreConfig(env?: Env, folder = process.cwd()): { centreFile: string; timeZone: string } {
  const fields = readSome(env, folder, ['CENTRE_FILE', 'TIME_ZONE']);
  return freeze({ centreFile: centreFile(fields, folder), timeZone: timeZone(fields) });
}

/**
 * The days on which readings are taken, as the bot has them.
 * @throws {ConfigError}
 */
export function readReadingsWindow(env?: Env, folder = process.cwd()): { from: number; to: number } {
  return readSome(env, folder, ['READINGS_WINDOW']).READINGS_WINDOW ?? READINGS_WINDOW;
}

/**
 * Which bot it is, for commands that only ask Telegram for its name; `botToken` is undefined where there is none.
 * @throws {ConfigError}
 */
export function readBotConfig(
  env?: Env,
  folder = process.cwd(),
): Pick<BotConfig, 'telegramApiRoot' | 'proxyUrl'> & { botToken: string | undefined } {
  const fields = readSome(env, folder, ['BOT_TOKEN', 'TELEGRAM_API_ROOT', 'PROXY_URL']);
  const { BOT_TOKEN: botToken, TELEGRAM_API_ROOT: telegramApiRoot = TELEGRAM, PROXY_URL: proxyUrl } = fields;
  return freeze({ botToken, telegramApiRoot, proxyUrl });
}
