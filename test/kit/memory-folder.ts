import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const SHARED_MEMORY = '/dev/shm';
/** `TMPFS_MAGIC` of Linux’s magic.h. */
const TMPFS = 0x01_02_19_94;
/** Postgres servers with their logs of changes, and as much again for the machine. */
const ROOM_BYTES = 4 * 2 ** 30;
const FREE_BYTES = 6 * 2 ** 30;

/**
 * A folder for the run's files that lies in memory, where such a one is large enough and programs may be run from it (Docker's is 64 MB
 * and forbids that); else undefined. To make a database takes a tenth of the time there. Whoever asked removes it.
 */
export function memoryFolder(): string | undefined {
  if (os.freemem() < FREE_BYTES) return undefined;
  let folder: string | undefined;
  try {
    const { type, bavail, bsize } = statfsSync(SHARED_MEMORY);
    if (type !== TMPFS || bavail * bsize < ROOM_BYTES) return undefined;
    folder = mkdtempSync(path.join(SHARED_MEMORY, 'inkomus-tests-'));
    const program = path.join(folder, 'runs');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    execFileSync(program);
    rmSync(program);
    return folder;
  } catch {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}
