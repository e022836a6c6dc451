import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether a disk may be mounted here: root may, where it is not a container's. */
export const MAY_MOUNT = (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

/** While `work` goes on, a folder is a disk of its own of 64 KB. */
export async function onSmallDisk(folder: string, work: () => Promise<void>): Promise<void> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  try {
    await work();
  } finally {
    execFileSync('umount', [folder]);
  }
}

/** Leaves no room on that disk but for names: the file `filled`. */
export async function fillDisk(folder: string): Promise<void> {
  await writeFile(join(folder, 'filled'), Buffer.alloc(65_536)).catch(() => undefined);
}
