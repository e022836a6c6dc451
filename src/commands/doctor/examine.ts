import { loadCentre } from '../../adapters/centre-file.ts';
import { ConfigError, readConfig, readPlaces } from '../../config/config.ts';
import { CentreFileError } from '../../office/centre/read-centre.ts';
import { MESSENGERS } from '../messengers/messengers.ts';
import { lookAtDatabase } from './database.ts';
import { lookAtDiskOf } from './disk.ts';
import { type Finding, type Findings, fault, lookAll } from './finding.ts';
import { lookAtListening } from './listening.ts';
import { lookAtRegistriesOf } from './registries.ts';
import { lookAtRedisOf } from './redis.ts';
import { lookAtSettings } from './settings.ts';
import { lookAtSms } from './sms.ts';

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
    const { centreFile, listens } = readPlaces(env, folder);
    const [centre, { findings }] = await Promise.all([faultsOfCentre(centreFile), lookAtListening(listens)]);
    return [...error.problems.map((problem) => fault('настройки', problem)), ...centre, ...findings.filter(isFault)];
  }
  const { centre, findings } = await lookAtSettings(config, now);
  const listening = lookAtListening(config.port === 0 ? undefined : config, config);
  const heard = listening.then((found) => found.heard);
  const [database, ...others] = await Promise.all([
    lookAll([{ about: 'база', look: () => lookAtDatabase({ config, centre, now, heard }) }], why, DATABASE_MS),
    lookAll([{ about: 'PORT', look: () => listening.then(({ findings: ofPort }) => ofPort) }], why),
    lookAll([{ about: 'REDIS_URL', look: () => lookAtRedisOf(config) }], why),
    lookAll(
      MESSENGERS.map(({ title, look }) => ({ about: title, look: () => look(config, now) })),
      why,
      30_000,
    ),
    lookAll([{ about: 'SMS', look: () => lookAtSms(config) }], why, 30_000),
    lookAll([{ about: 'DATA_DIR', look: () => lookAtDiskOf(config) }], why),
    lookAll([{ about: 'registries/in', look: () => lookAtRegistriesOf(config) }], why),
  ]);
  return [...findings, ...database, ...others.flat()];
}

const isFault = ({ level }: Finding) => level === 'fault';

/** What is wrong with the centre's file, where other settings stop the start, too. */
async function faultsOfCentre(file: string | undefined): Promise<Findings> {
  try {
    if (file !== undefined) await loadCentre(file);
    return [];
  } catch (error) {
    if (error instanceof CentreFileError) return error.problems.map((problem) => fault('CENTRE_FILE', problem));
    throw error;
  }
}
