import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { shownFileName } from '../../domain/registry-file.ts';
import type { Clock } from '../../office/edges.ts';
import { postNotice } from '../../office/notices.ts';
import { LAYOUTS } from '../../office/registries/layouts.ts';
import type { Db } from '../../records/database.ts';
import type { OutboxLog } from '../outbox/line.ts';
import { leadAlone } from '../postgres/leader.ts';
import { sleep } from '../sleep.ts';
import { openRegistry, type RegistryFile, RegistryUnreadable } from './file.ts';
import { officeHooks } from './hooks.ts';
import { importRegistry } from './import-registry.ts';

export type FolderParts = {
  /** Holds `in`, from where files are taken, and `done` and `refused`, where they go. */
  folder: string;
  db: Db;
  pool: Pool;
  clock: Clock;
  /** The time by which files are told apart. */
  fileClock: Clock;
  log: OutboxLog;
};

const LOOK_MS = 5000;
/** A file that is still being written changes more often. */
const SETTLED_MS = 10_000;
/** After a breakage; the file is put back meanwhile. */
const TRY_AGAIN_MS = 60_000;
/** What is not there whole: names of editors, of FTP and of browsers. */
const UNDER_WAY = /^[.~]|\.(part|filepart|tmp|crdownload)$/i;

/**
 * Takes registries from a folder, in the order in which they are taken at all: a file goes to `done`, its refused rows or, where it is no
 * registry, it itself to `refused`, and staff are told. A look a time; a file is left alone until it has been the same for ten seconds. What a
 * process that died had in hand is taken again: that changes nothing.
 */
export async function openFolder(parts: FolderParts): Promise<{ look: () => Promise<void> }> {
  const { folder, log } = parts;
  const place = (room: 'in' | 'taking' | 'done' | 'refused', name = '') => join(folder, room, name);
  for (const room of ['in', 'taking', 'done', 'refused'] as const) await mkdir(place(room), { recursive: true });
  const tryAgainAt = new Map<string, number>();

  /** What was in hand when something broke. */
  async function putBack(): Promise<void> {
    const names = await readdir(place('taking'));
    for (const name of names) {
      const base = /^(.*)\.refused\.csv(\.part)?$/.exec(name)?.[1];
      if (base !== undefined && names.includes(base)) await rm(place('taking', name), { force: true });
      else await rename(place('taking', name), place('in', name));
    }
  }

  /** Files that have come to rest. */
  async function settled(): Promise<string[]> {
    const found = [];
    const now = parts.fileClock().getTime();
    for (const name of await readdir(place('in'))) {
      if (UNDER_WAY.test(name) || (tryAgainAt.get(name) ?? 0) > now) continue;
      const file = await stat(place('in', name)).catch(() => undefined);
      if (file?.isFile() && now - file.mtimeMs >= SETTLED_MS) found.push(name);
    }
    return found.sort();
  }

  async function look(): Promise<void> {
    const files: { name: string; file: RegistryFile }[] = [];
    try {
      await putBack();
      for (const name of await settled()) {
        await rename(place('in', name), place('taking', name));
        const file = await openRegistry(place('taking', name)).catch((error: unknown) => {
          if (error instanceof RegistryUnreadable) return error;
          throw error;
        });
        if (file instanceof RegistryUnreadable) await turnAway(name, file.why);
        else files.push({ name, file });
      }
      const rank = ({ file }: { file: RegistryFile }) => LAYOUTS.indexOf(file.header.layout);
      for (const each of files.sort((a, b) => rank(a) - rank(b))) await take(each.name, each.file);
    } finally {
      for (const { file } of files) await file.close();
    }
  }

  async function take(name: string, file: RegistryFile): Promise<void> {
    const { pool, clock } = parts;
    const shown = shownFileName(name);
    try {
      const { refusedFile } = await importRegistry(
        { pool, clock, ...officeHooks(clock) },
        { ...file, name: shown },
        {
          async onDone(trx, { kind, read, new: added, changed, refused }) {
            const words = { kind, name: shown, read, new: added, changed, refused, by: 'empty' };
            await postNotice(trx, { to: 'staff', text: 'staff-registry-taken', words }, clock());
          },
        },
      );
      if (refusedFile !== undefined) await rename(refusedFile, place('refused', `${stamp()}-${name}.refused.csv`));
      await rename(place('taking', name), place('done', `${stamp()}-${name}`));
    } catch (error) {
      log.warn({ reason: nameOf(error) }, 'a registry from the folder could not be taken in; it is tried again');
      tryAgainAt.set(name, parts.fileClock().getTime() + TRY_AGAIN_MS);
    }
  }

  async function turnAway(name: string, why: string): Promise<void> {
    const { db, clock } = parts;
    const words = { name: shownFileName(name), why };
    await db.transaction().execute((trx) => postNotice(trx, { to: 'staff', text: 'staff-registry-unread', words }, clock()));
    await rename(place('taking', name), place('refused', `${stamp()}-${name}`));
  }

  /** `20261123-061500-123`, before a name: a file of the same name does not replace one of before. */
  const stamp = () => parts.fileClock().toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');

  return {
    look: () =>
      look().catch((error: unknown) => log.warn({ reason: nameOf(error) }, 'the folder of registries could not be looked into')),
  };
}

/** Looks into the folder every few seconds; of the processes that share it one does. */
export function startFolder(url: string, parts: FolderParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const running = leadAlone(
    { url, name: `registry folder ${hostname()}:${parts.folder}` },
    async (signal) => {
      const folder = await openFolder(parts).catch((error: unknown) => {
        parts.log.warn({ reason: nameOf(error) }, 'the folder of registries cannot be used: DATA_DIR must be writable');
        return undefined;
      });
      if (!folder) return sleep(TRY_AGAIN_MS, signal);
      for (; !signal.aborted; await sleep(LOOK_MS, signal)) await folder.look();
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

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
