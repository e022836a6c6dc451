import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../office/edges.ts';
import { type ExportSchedules, exportWhatIsDue } from '../../office/registries/scheduled-exports.ts';
import type { Db } from '../../records/database.ts';
import type { ExportKind } from '../../records/exports.ts';
import { whyUnwritten } from '../file-error.ts';
import { nameOfError } from '../../runtime/name-of-error.ts';
import type { Leads } from '../../runtime/leads.ts';
import { makePrivateFolder } from '../private-files.ts';
import { closeInTime, openRegularFile, readInTime } from '../regular-file.ts';
import { sleep } from '../../runtime/sleep.ts';
import type { WorkerLog } from '../../runtime/worker-log.ts';
import { writeWholeFile } from '../whole-file.ts';

export type OutFolderParts = {
  /** Where the files go: `registries/out`. */
  folder: string;
  db: Db;
  clock: Clock;
  timeZone: string;
  schedules: ExportSchedules;
  log: WorkerLog;
};

const LOOK_MS = 30_000;

/** Makes what is due and writes it into the folder; what breaks is tried again at the next call. Never throws. */
export async function exportIntoFolder({ folder, log, ...edges }: OutFolderParts): Promise<void> {
  await exportWhatIsDue({
    ...edges,
    write: (kind, number, content) => writeExport(folder, kind, number, content),
    whyUnwritten,
    onMade: ({ kind, number, rows }) =>
      number === null
        ? log.info({ kind }, 'an export was due, and nothing waited')
        : log.info({ kind, number, rows }, 'an export was made by its schedule'),
    onWritten: ({ kind, number, file }) => log.info({ kind, number, file }, 'an export lies in the folder of registries'),
    onFailed: ({ kind, number }, error) =>
      log.warn({ kind, number, reason: nameOfError(error) }, 'an export could not be written into the folder; it is tried again'),
  }).catch((error: unknown) => log.warn({ reason: nameOfError(error) }, 'exports by schedule failed; they are tried again'));
}

/**
 * `payments-7.csv`; where another file has this name (of a base from before a restore), or anything else (a link, a pipe, a folder), that stays and
 * this one gets a second number.
 */
async function writeExport(folder: string, kind: ExportKind, number: number, content: string): Promise<string> {
  await makePrivateFolder(folder);
  for (let copy = 1; ; copy += 1) {
    const name = `${kind}-${number}${copy === 1 ? '' : `-${copy}`}.csv`;
    const there = await whatIsThere(join(folder, name), content);
    if (there === 'other') continue;
    if (there === 'nothing') await writeWholeFile(join(folder, name), content);
    return name;
  }
}

/** What is no file, and what leads to one elsewhere. */
const NO_FILE: ReadonlySet<unknown> = new Set(['EFTYPE', 'EISDIR', 'ELOOP', 'ENXIO']);

async function whatIsThere(path: string, content: string): Promise<'nothing' | 'same' | 'other'> {
  let file: FileHandle;
  try {
    file = await openRegularFile(path, 'refused');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'nothing';
    if (NO_FILE.has(code)) return 'other';
    throw error;
  }
  try {
    return (await isContent(file, Buffer.from(content))) ? 'same' : 'other';
  } finally {
    await closeInTime(file);
  }
}

async function isContent(file: FileHandle, content: Buffer): Promise<boolean> {
  // What is longer fills this.
  const found = Buffer.alloc(content.length + 1);
  let length = 0;
  while (length < found.length) {
    const read = await readInTime(file, found.subarray(length), length);
    if (read === 0) break;
    length += read;
  }
  return found.subarray(0, length).equals(content);
}

/** Exports by the schedule of the settings; of all processes one does. */
export function startOutFolder(leads: Leads, parts: OutFolderParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const running = leads.lead(
    { name: 'scheduled exports' },
    async (signal) => {
      while (!signal.aborted) {
        await exportIntoFolder(parts);
        await sleep(LOOK_MS, signal);
      }
    },
    stop.signal,
  );
  return {
    stop: async () => {
      stop.abort();
      await running;
    },
  };
}
