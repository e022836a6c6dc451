import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry } from '../../adapters/registries/file.ts';
import { type ImportEdges, importRegistry } from '../../office/registries/import-registry.ts';
import { TOWN_REGISTRIES, type Town, writeTown } from './generate.ts';

/** The town's files speak of no later day. */
const NEWEST_DAY = '2026-11-15';

/** The registry that is taken in after all others: where it is, the town is whole. */
export const LAST_REGISTRY = 'meters';

/** Writes the town's registries to the folder and takes them in, as the operator would. Throws when a row of them is refused. */
export async function settleTown(edges: ImportEdges, town: Town, folder: string): Promise<void> {
  const contents = writeTown(town);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const kind of TOWN_REGISTRIES) {
    const path = join(folder, `${kind}.csv`);
    await writeFile(path, contents[kind], { mode: 0o600 });
    const file = await openRegistry(path);
    try {
      const report = await importRegistry(edges, file, { upTo: NEWEST_DAY });
      if (report.refused > 0)
        throw new Error(`the made-up town is broken: ${report.refused} rows of ${report.name} were refused`);
    } finally {
      await file.close();
    }
  }
}
