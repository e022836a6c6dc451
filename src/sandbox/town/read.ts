import { openRegistry } from '../../adapters/registries/file.ts';
import type { ImportReport } from '../../adapters/registries/import-registry.ts';
import { rowReader } from '../../office/registries/rows.ts';
import { townFile } from './files.ts';

/** A row by the names of its fields, as the import reads it: sums in kopecks, days and periods as `YYYY-MM-DD`; empty where there is nothing. */
export type TownRow = (field: string) => string;

/** Goes through one of the town's registries, row by row. */
export async function* readTown(kind: ImportReport['kind']): AsyncGenerator<TownRow> {
  const file = await openRegistry(townFile(kind));
  try {
    const reader = rowReader(file.header);
    const places = new Map(file.header.layout.columns.map((column, index) => [column.field, index]));
    for await (const records of file.rows()) {
      for (const record of records) {
        const values: (string | null)[] = [];
        const problem = record.problem ?? reader.read(record.cells, values);
        if (problem !== undefined) throw new Error(`${file.name}, line ${record.line}: ${problem}`);
        yield (field) => values[places.get(field) ?? -1] ?? '';
      }
    }
  } finally {
    await file.close();
  }
}
