import { shownFileName } from '../../../domain/registry-file.ts';
import type { RegistryOrder } from '../../../records/registries/orders.ts';
import type { RegistryFile } from '../../edges.ts';
import { type ImportReport, type ImportWay, importRegistry } from '../import-registry.ts';
import type { OrderEdges } from './edges.ts';
import { openRowReport } from './tell.ts';
import type { OrderRefusal } from './words.ts';

/** Works on the order's file, fetched anew; answers why it cannot be had or read. */
export async function withFile(
  { withSentRegistry }: OrderEdges,
  { file, fileName: name, layout }: RegistryOrder,
  work: (file: RegistryFile, sha256: string) => Promise<OrderRefusal | undefined>,
): Promise<OrderRefusal | undefined> {
  const wanted = { handle: file ?? '', name: name ?? '', layout: layout ?? undefined };
  return withSentRegistry(wanted, async (sent): Promise<OrderRefusal | undefined> => {
    switch (sent.outcome) {
      case 'opened':
        return work({ ...sent.file, name: shownFileName(sent.file.name) }, sent.sha256);
      case 'unread':
        return `unread: ${sent.why}`;
      case 'gone':
      case 'too-large':
        return sent.outcome;
    }
  });
}

/** Takes the file in, telling how far it has come. */
export async function takeFile(
  edges: OrderEdges,
  order: RegistryOrder,
  file: RegistryFile,
  way: ImportWay,
): Promise<ImportReport> {
  const progress = openRowReport(edges, order, way.dry ? 'checking' : 'applying');
  try {
    return await importRegistry({ ...edges, onRows: progress.rows }, file, way);
  } finally {
    await progress.settled();
  }
}
