import { join } from 'node:path';
import { findLeftBehind, sayLeftBehind } from '../../adapters/registries/left-behind.ts';
import type { Config } from '../../config/config.ts';
import { type Findings, warning } from './finding.ts';

/** What was left behind in the folder from which registries are taken; nothing where all is taken. By this machine's clock, which files have. */
export async function lookAtRegistriesOf({ dataDir }: Config): Promise<Findings> {
  const left = await findLeftBehind(join(dataDir, 'registries', 'in'), new Date());
  return sayLeftBehind(left, { named: true }).map((says) => warning('registries/in', says));
}
