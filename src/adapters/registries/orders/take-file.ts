import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentFileName } from '../../../domain/registry-file.ts';
import type { RegistryOrder } from '../../../records/registry-orders.ts';
import { openRegistry, type RegistryFile, RegistryUnreadable } from '../file.ts';
import { officeHooks } from '../hooks.ts';
import { type ImportReport, type ImportWay, importRegistry } from '../import-registry.ts';
import type { OrderParts } from './parts.ts';
import { openProgress } from './tell.ts';
import type { Trouble } from './words.ts';

/** Works on the order's file, fetched anew into a folder that goes afterwards; answers why it cannot be had or read. */
export async function withFile(
  { fetchFile }: OrderParts,
  order: RegistryOrder,
  work: (file: RegistryFile, sha256: string) => Promise<Trouble | undefined>,
): Promise<Trouble | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  try {
    const path = join(folder, sentFileName(order.file_name ?? ''));
    const fetched = await fetchFile(order.file ?? '', path);
    if (fetched.outcome !== 'fetched') return fetched.outcome;
    const file = await openRegistry(path);
    try {
      return await work({ ...file, name: order.file_name ?? file.name }, fetched.sha256);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof RegistryUnreadable) return `unread: ${error.why}`;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Takes the file in, telling how far it has come. */
export async function takeFile(
  parts: OrderParts,
  order: RegistryOrder,
  file: RegistryFile,
  way: ImportWay,
): Promise<ImportReport> {
  const { pool, clock, timeZone } = parts;
  const progress = openProgress(parts, order, way.dry ? 'checking' : 'conducting');
  try {
    return await importRegistry({ pool, clock, timeZone, ...officeHooks(clock), onRows: progress.rows }, file, way);
  } finally {
    await progress.settled();
  }
}
