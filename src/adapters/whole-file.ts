import { realpath, rename, rm, stat } from 'node:fs/promises';
import { createPrivateFile } from './private-files.ts';

/**
 * Writes a file so that it is there whole or not at all, and is on the disk once this is over; what was there before is replaced. Only
 * its owner may open it. A link is written through; a device or a pipe (`EFTYPE`) and a folder (`EISDIR`) stay as they are.
 */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const place = await writablePathOf(path);
  const aside = `${place}.part`;
  try {
    // What a write that was cut short has left.
    await rm(aside, { force: true });
    const file = await createPrivateFile(aside);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, place);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** Where a file of this name is to be written. To rename over `/dev/stdout` or `/dev/null` would take it away from the whole machine. */
export async function writablePathOf(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return path;
  if (found.isFile()) return realpath(path);
  const code = found.isDirectory() ? 'EISDIR' : 'EFTYPE';
  throw Object.assign(new Error(`${code}: ${path}`), { code, path });
}
