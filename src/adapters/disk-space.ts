import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How much room a folder has, and who may look into it; of one that is not there yet, the folder in which it will be. */
export async function lookAtDisk(
  folder: string,
): Promise<{ freeBytes: number; totalBytes: number; isThere: boolean; openToOthers: boolean }> {
  for (let place = folder; ; place = dirname(place)) {
    try {
      const { mode } = await stat(place);
      const { bavail, blocks, bsize } = await statfs(place);
      const isThere = place === folder;
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, isThere, openToOthers: isThere && (mode & 0o066) !== 0 };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || place === dirname(place)) throw error;
    }
  }
}
