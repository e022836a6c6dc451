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

/** The folder is a disk of so many KB, until what is handed back is called. */
export function mountDisk(folder: string, kilobytes: number): () => void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder]);
  return () => execFileSync('umount', ['--lazy', folder]);
}

/** While `work` goes on, a folder is a disk of its own of 64 KB. */
export async function onSmallDisk(folder: string, work: () => Promise<void>): Promise<void> {
  const unmount = mountDisk(folder, 64);
  try {
    await work();
  } finally {
    unmount();
  }
}

/** Leaves no room on that disk but for names: the file `filled`. */
export async function fillDisk(folder: string): Promise<void> {
  await writeFile(join(folder, 'filled'), Buffer.alloc(65_536)).catch(() => undefined);
}
