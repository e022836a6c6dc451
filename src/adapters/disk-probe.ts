import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** More than what a file system may keep beside a file's name. */
const BYTES = Buffer.alloc(16_384, 1);

/** Throws why nothing can be written to the folder. */
export async function probeDisk(folder: string): Promise<void> {
  const file = join(folder, `.write-probe-${randomUUID()}`);
  try {
    await writeFile(file, BYTES, { flag: 'wx', mode: 0o600, flush: true });
  } finally {
    await rm(file, { force: true });
  }
}
