import { loadCentre } from '../adapters/centre-file.ts';
import { findListenError } from '../adapters/http/listening.ts';
import type { Role } from '../app.ts';
import { type Config, ConfigError, type Places, readConfig, readPlaces } from '../config/config.ts';
import { CentreFileError } from '../office/centre/read-centre.ts';

/**
 * The settings of a start; what they name on this machine is looked at with them, so that the operator reads all that is wrong in one list.
 * @throws {ConfigError}
 */
export async function readStart(role: Role): Promise<Config> {
  const [read, ofPlaces] = [readForRole(role), listFaultsOf(readPlaces())];
  const problems = [...('problems' in read ? read.problems : []), ...(await ofPlaces)];
  if ('problems' in read || problems.length > 0) throw new ConfigError(problems);
  return read.config;
}

function readForRole(role: Role): { config: Config } | { problems: readonly string[] } {
  try {
    const config = readConfig();
    if (role === 'all' || (config.mode === 'bot' && config.databaseUrl !== undefined)) return { config };
    const says = `нужен для роли ${role}: встроенная база — для одного процесса, который делает всё (npm start)`;
    return { problems: [`DATABASE_URL: ${says}`] };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems };
    throw error;
  }
}

async function listFaultsOf({ centreFile, listens }: Places): Promise<string[]> {
  const ofCentre = async () => {
    try {
      if (centreFile !== undefined) await loadCentre(centreFile);
      return [];
    } catch (error) {
      if (error instanceof CentreFileError) return error.problems;
      throw error;
    }
  };
  const [centre, listening] = await Promise.all([ofCentre(), listens && findListenError(listens)]);
  return [...centre, ...(listening ? [listening.message] : [])];
}
