import { clockOfSandbox, machineClock } from '../../adapters/clock.ts';
import { readStorageConfig } from '../../config/for-commands.ts';
import type { Clock } from '../../office/edges.ts';
import type { Shell } from './shell.ts';

/** The time that the bot over this storage has: the machine's; in the sandbox it may have been moved on the page. */
export function botClock({ env, folder }: Pick<Shell, 'env' | 'folder'>): Clock {
  const { sandbox, dataDir } = readStorageConfig(env, folder);
  return sandbox ? clockOfSandbox(dataDir) : machineClock;
}
