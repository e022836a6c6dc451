import { lstat } from 'node:fs/promises';
import { closeInTime, openRegularFile, readInTime } from '../../regular-file.ts';
import { fileMark } from './find-files.ts';

/**
 * Whether two files are one and its copy, as whoever dies between copying a file from another disk and taking it away there leaves them: as
 * large, as old and byte for byte the same.
 */
export async function isCopy(one: string | Buffer, other: string | Buffer): Promise<boolean> {
  const [first, second] = await Promise.all([lstat(one), lstat(other)]);
  if (!first.isFile() || !second.isFile() || fileMark(first) !== fileMark(second)) return false;
  return areAlike(one, other);
}

const PIECE_BYTES = 1 << 18;

async function areAlike(one: string | Buffer, other: string | Buffer): Promise<boolean> {
  const first = await openRegularFile(one, 'refused');
  try {
    const second = await openRegularFile(other, 'refused');
    try {
      const [piece, same] = [Buffer.alloc(PIECE_BYTES), Buffer.alloc(PIECE_BYTES)];
      for (let position = 0; ; ) {
        const length = await readInTime(first, piece, position);
        if ((await readInTime(second, same, position)) !== length) return false;
        if (!piece.subarray(0, length).equals(same.subarray(0, length))) return false;
        if (length === 0) return true;
        position += length;
      }
    } finally {
      await closeInTime(second);
    }
  } finally {
    await closeInTime(first);
  }
}
