import { type FileHandle, rename, rm } from 'node:fs/promises';
import { createPrivateFile } from './private-files.ts';
import { closeInTime, openRegularFile, readInTime, stateInTime } from './regular-file.ts';

/**
 * Moves a file in place of what has that name, if anything; onto another disk it is copied first, aside as `TO.part`, so that it is there whole
 * or not at all, closed to others and as old as it was. What is no regular file moves within its disk alone (`ELOOP`, `EISDIR`, `EFTYPE`), and
 * what somebody writes to while it is copied stays (`EBUSY`).
 */
export async function moveFile(from: string | Buffer, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // A mount, also one of the same disk.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    try {
      await rm(from);
    } catch (stays) {
      // Who cannot take it away would copy it again and again.
      await rm(to, { force: true });
      throw stays;
    }
  }
}

async function copyFile(from: string | Buffer, to: string): Promise<void> {
  const aside = `${to}.part`;
  const source = await openRegularFile(from, 'refused');
  try {
    const before = await stateInTime(source);
    const { atime, mtime } = await source.stat();
    await rm(aside, { force: true });
    const copy = await createPrivateFile(aside);
    try {
      await copyBytes(source, copy);
      await copy.utimes(atime, mtime);
      await copy.sync();
    } finally {
      await copy.close();
    }
    if ((await stateInTime(source)) !== before) throw Object.assign(new Error(`EBUSY: ${to}`), { code: 'EBUSY' });
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  } finally {
    await closeInTime(source);
  }
}

const PIECE_BYTES = 1 << 18;

async function copyBytes(source: FileHandle, copy: FileHandle): Promise<void> {
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; ; ) {
    const bytesRead = await readInTime(source, piece, position);
    if (bytesRead === 0) return;
    await copy.writeFile(piece.subarray(0, bytesRead));
    position += bytesRead;
  }
}
