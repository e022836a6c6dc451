import { type FileHandle, rename, rm } from 'node:fs/promises';
import { createPrivateFile } from './private-files.ts';
import { closeInTime, openRegularFile, readInTime, stateInTime } from './regular-file.ts';

/** Does the last step of a move, which is short: a transaction may stand around it. Called once more where the file had to be copied first. */
export type LastStep = (move: () => Promise<void>) => Promise<void>;

/**
 * Moves a file in place of what has that name, if anything; onto another disk it is copied first, aside as `TO.part`, so that it is there whole
 * or not at all, closed to others and as old as it was. What is no regular file moves within its disk alone (`ELOOP`, `EISDIR`, `EFTYPE`), and
 * what somebody writes to while it is copied stays (`EBUSY`).
 */
export async function moveFile(from: string | Buffer, to: string, lastStep: LastStep = (move) => move()): Promise<void> {
  try {
    await lastStep(() => rename(from, to));
  } catch (error) {
    // A mount, also one of the same disk.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const aside = await copyAside(from, to);
    try {
      await lastStep(() => replaceBy(aside, from, to));
    } catch (stays) {
      await rm(aside, { force: true });
      throw stays;
    }
  }
}

async function replaceBy(aside: string, from: string | Buffer, to: string): Promise<void> {
  await rename(aside, to);
  try {
    await rm(from);
  } catch (stays) {
    // Who cannot take it away would copy it again and again.
    await rm(to, { force: true });
    throw stays;
  }
}

async function copyAside(from: string | Buffer, to: string): Promise<string> {
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
    return aside;
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
