import { ConfigError, readConfig } from '../../config/config.ts';
import { lookAtDatabase } from './database.ts';
import { lookAtDiskOf } from './disk.ts';
import { type Finding, fault, lookAll } from './finding.ts';
import { lookAtRedisOf } from './redis.ts';
import { lookAtSettings } from './settings.ts';
import { lookAtSms } from './sms.ts';
import { lookAtTelegramOf } from './telegram.ts';

/** The longest: a Postgres of our own that was not running has to be started, and may have a recovery before it. */
const DATABASE_MS = 90_000;

type Examined = { env?: Readonly<Record<string, string | undefined>> | undefined; folder?: string; now?: Date };

/** All that can be found out of an installation, in the order in which it is read. `why`: an error that nobody foresaw, without data. */
export async function examine(
  why: (error: unknown) => string,
  { env, folder, now = new Date() }: Examined = {},
): Promise<Finding[]> {
  let config;
  try {
    config = readConfig(env, folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => fault('настройки', problem));
  }
  const { centre, findings } = await lookAtSettings(config, now);
  const [database, ...others] = await Promise.all([
    lookAll([{ about: 'база', look: () => lookAtDatabase(config, centre, now) }], why, DATABASE_MS),
    lookAll([{ about: 'REDIS_URL', look: () => lookAtRedisOf(config) }], why),
    lookAll([{ about: 'Telegram', look: () => lookAtTelegramOf(config, now) }], why, 30_000),
    lookAll([{ about: 'SMS', look: () => lookAtSms(config) }], why, 30_000),
    lookAll([{ about: 'DATA_DIR', look: () => lookAtDiskOf(config) }], why),
  ]);
  return [...findings, ...database, ...others.flat()];
}
