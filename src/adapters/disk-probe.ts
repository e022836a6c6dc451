import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** More than what a file system may keep beside a file's name. */
const BYTES = Buffer.alloc(16_384, 1);

/** It is not there, is somebody else's, or is meant to be read alone. */
const NOT_OF_THE_DISK: ReadonlySet<string> = new Set(['ENOENT', 'EACCES', 'EPERM', 'EROFS']);

/**
 * Throws what is wrong with the disk of a folder that is used where it can be. What is not of the disk whoever uses it
 * says.
 */
export async function probeDiskOf(folder: string): Promise<void> {
  await probeDisk(folder).catch((error: NodeJS.ErrnoException) => {
    if (!NOT_OF_THE_DISK.has(error.code ?? '')) throw error;
  });
}

/** Throws why nothing can be written to the folder. */
export async function probeDisk(folder: string): Promise<void> {
  const file = join(folder, `.write-probe-${randomUUID()}`);
  try {
    await writeFile(file, BYTES, { flag: 'wx', mode: 0o600, flush: true });
  } finally {
    await rm(file, { force: true });
  }
}
