import { open, rename, rm } from 'node:fs/promises';

/** Writes a file so that it is there whole or not at all, and is on the disk once this is over; what was there before is replaced. */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.part`;
  try {
    const file = await open(aside, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
