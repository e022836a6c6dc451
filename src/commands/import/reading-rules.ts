import { loadCentre } from '../../adapters/centre-file.ts';
import { readCentreConfig, readReadingsWindow } from '../../config/for-commands.ts';
import type { ImportEdges } from '../../office/registries/import-registry.ts';
import type { Layout } from '../../office/registries/layouts/layout.ts';
import type { Shell } from '../kit/shell.ts';

type CentreRules = Pick<ImportEdges, 'readingRules'> & { layouts: readonly Layout[] };

/** What residents are told of readings by the bot's settings, and how banks' files are described there. */
export async function loadRules({ env, folder }: Shell): Promise<CentreRules> {
  const { layouts, refusedReadingDays, meterZones } = await loadCentre(readCentreConfig(env, folder).centreFile);
  return { layouts, readingRules: { readingsWindow: readReadingsWindow(env, folder), refusedReadingDays, meterZones } };
}
