import { fileURLToPath } from 'node:url';
import { openRegistry } from '../../adapters/registries/file.ts';
import { type ImportDeps, type ImportReport, importRegistry } from '../../adapters/registries/import-registry.ts';

/** The town's files speak of no later day. */
const NEWEST_DAY = '2026-11-15';
const NAMES: readonly ImportReport['kind'][] = ['accounts', 'charges', 'payments', 'meters'];

/** Where the town's registry of a kind lies. */
export function townFile(kind: ImportReport['kind']): string {
  return fileURLToPath(new URL(`${kind}.csv`, import.meta.url));
}

/** Takes the town's registries in, as the operator would; a second time changes nothing. Throws when a row of them is refused. */
export async function settleTown(deps: ImportDeps): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  for (const kind of NAMES) {
    const file = await openRegistry(townFile(kind));
    try {
      const report = await importRegistry(deps, file, { upTo: NEWEST_DAY });
      if (report.refused > 0)
        throw new Error(`the made-up town is broken: ${report.refused} rows of ${report.name} were refused`);
      reports.push(report);
    } finally {
      await file.close();
    }
  }
  return reports;
}
