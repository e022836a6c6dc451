import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readFrames } from '../../adapters/postgres/backup/frames.ts';
import type { BackupHeader, BackupTotals } from '../../adapters/postgres/backup/header.ts';
import { BackupRefused, check, NO_BACKUP, openBackup } from '../../adapters/postgres/backup/load.ts';

/** A backup on its way in: its head, and what follows. @throws {BackupRefused} in a sentence, also where it breaks off. */
export async function readBackup<A>(
  source: Readable,
  work: (header: BackupHeader, rest: AsyncGenerator<Buffer, void>) => Promise<A>,
): Promise<A> {
  // An error of either is met where the frames are read.
  const gunzip = pipeline(source, createGunzip(), () => undefined);
  try {
    const { header, rest } = await openBackup(readFrames(gunzip));
    return await work(header, rest);
  } catch (error) {
    if (isUnpacked(error)) throw new BackupRefused(NO_BACKUP);
    throw isBroken(error) ? new BackupRefused('файл повреждён или записан не до конца; возьмите другую копию') : error;
  } finally {
    gunzip.destroy();
    source.destroy();
  }
}

/** Reads all of it and does nothing with it. Answers what it holds. */
export async function checkBackup(source: Readable): Promise<BackupTotals> {
  return readBackup(source, check);
}

/** Whatever a backup's file is, it is packed: what does not even begin so is something else. */
function isUnpacked(error: unknown): boolean {
  return error instanceof Error && error.message === 'incorrect header check';
}

function isBroken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return error.name === 'CutShort' || code?.startsWith('Z_') === true || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
