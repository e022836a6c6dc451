import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { RegistryFile } from '../../office/edges.ts';
import { RegistryUnreadable, readRegistry } from '../../office/registries/reading/read-registry.ts';
import { whyUnread } from '../file-error.ts';
import { closeInTime, type SymbolicLinks, openRegularFile, readInTime } from '../regular-file.ts';
import { writeRefused } from './refused-file.ts';

/** Opens a file and knows its kind; throws `RegistryUnreadable` when it cannot. */
export async function openRegistry(path: string, links: SymbolicLinks = 'followed'): Promise<RegistryFile> {
  const handle = await openFile(path, links);
  try {
    const read = await readRegistry((into, position) => readInTime(handle, into, position));
    return {
      ...read,
      name: basename(path),
      writeRefused: (lines) => writeRefused(path, lines),
      close: () => closeInTime(handle),
    };
  } catch (error) {
    await closeInTime(handle);
    throw new RegistryUnreadable(error instanceof RegistryUnreadable ? error.why : whyUnread(error), path);
  }
}

async function openFile(path: string, links: SymbolicLinks): Promise<FileHandle> {
  try {
    return await openRegularFile(path, links);
  } catch (error) {
    throw new RegistryUnreadable(whyUnread(error), path);
  }
}
