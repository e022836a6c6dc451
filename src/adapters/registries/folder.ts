import { lstat, readdir, rename, rm, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { OutboxLog } from '../../delivery/line.ts';
import { shownFileName } from '../../domain/registry-file.ts';
import type { Clock, RegistryFile } from '../../office/edges.ts';
import { type ImportEdges, importRegistry } from '../../office/registries/import-registry.ts';
import { tellHeld, tellTaken, tellUnread } from '../../office/registries/notices.ts';
import { noteHeld, noteTaken } from '../../office/registries/noted.ts';
import { RegistryHeld } from '../../office/registries/owner-changes.ts';
import type { Layout } from '../../office/registries/layouts/layout.ts';
import { RegistryUnreadable } from '../../office/registries/reading/unreadable.ts';
import { REGISTRIES } from '../../office/registries/registries.ts';
import { REGISTRY_FOLDER } from '../../domain/audit-actors.ts';
import type { Db, Trx } from '../../records/database.ts';
import { nameOfError } from '../name-of-error.ts';
import type { Leads } from '../postgres/leads.ts';
import { closeOne, makePrivateFolder } from '../private-files.ts';
import { sleep } from '../sleep.ts';
import { importConnection } from '../postgres/import-connection.ts';
import { openRegistry } from './file.ts';

export type FolderParts = {
  /** Holds `in`, from where files are taken, `done` and `refused`, where they go, and `out`, where exports lie. */
  folder: string;
  db: Db;
  pool: Pool;
  clock: Clock;
  /** Whose days are meant by «later than tomorrow». */
  timeZone: string;
  again?: ImportEdges['again'];
  /** How banks and providers write theirs. */
  layouts: readonly Layout[];
  /** The time by which files are told apart. */
  fileClock: Clock;
  log: OutboxLog;
};

export type RegistryFolder = {
  /** A file that is being read when the signal is aborted is left where it was. */
  look: (signal?: AbortSignal) => Promise<void>;
  /** Deletes what has been in `done`, `refused` and `out` for 30 days. */
  forget: () => Promise<void>;
};

const LOOK_MS = 5000;
/** A file that is still being written changes more often. */
const SETTLED_MS = 10_000;
/** After a breakage; the file is put back meanwhile. */
const TRY_AGAIN_MS = 60_000;
/** As the README says (what is kept how long): whoever must know what was taken in asks the database. */
const KEPT_MS = 30 * 24 * 3_600_000;
const FORGET_MS = 3_600_000;
/** What is not there whole: names of editors, of FTP and of browsers. */
const UNDER_WAY = /^[.~]|\.(part|filepart|tmp|crdownload)$/i;

/**
 * Takes registries from a folder, in the order in which they are taken at all: a file goes to `done`, its refused rows or, where it is no
 * registry or would change the owners of many accounts, or close many, it itself to `refused`, and staff are told. A look a time; a file is left alone until
 * it has been the same for ten seconds. What a process that died had in hand is taken again: that changes nothing. What is no regular file
 * is never opened.
 */
export async function openFolder(parts: FolderParts): Promise<RegistryFolder> {
  const { folder, log } = parts;
  const place = (room: 'in' | 'taking' | 'done' | 'refused' | 'out', name = '') => join(folder, room, name);
  for (const room of ['in', 'taking', 'done', 'refused', 'out'] as const) {
    await makePrivateFolder(place(room));
    await closeOne(place(room)).catch(() => undefined);
  }
  const connection = importConnection(parts.pool);
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

  /** What has come to rest. */
  async function settled(): Promise<string[]> {
    const found = [];
    const now = parts.fileClock().getTime();
    for (const name of await readdir(place('in'))) {
      if (UNDER_WAY.test(name) || (tryAgainAt.get(name) ?? 0) > now) continue;
      const file = await lstat(place('in', name)).catch(() => undefined);
      if (file && now - file.mtimeMs >= SETTLED_MS) found.push(name);
    }
    return found.sort();
  }

  async function look(signal?: AbortSignal): Promise<void> {
    const files: { name: string; file: RegistryFile }[] = [];
    try {
      await putBack();
      for (const name of await settled()) {
        if (signal?.aborted) return;
        const file = await open(name).catch((error: unknown) => leave(name, error));
        if (file) files.push({ name, file });
      }
      const rank = ({ file }: { file: RegistryFile }) => REGISTRIES.indexOf(file.header.registry);
      for (const each of files.sort((a, b) => rank(a) - rank(b))) {
        if (signal?.aborted) return;
        await take(each.name, untilStopped(each.file, signal));
      }
    } finally {
      for (const { file } of files) await file.close();
    }
  }

  /** Undefined for what is no registry: it is turned away. Links are not followed, pipes and devices not opened: anybody may have put them there. */
  async function open(name: string): Promise<RegistryFile | undefined> {
    await rename(place('in', name), place('taking', name));
    try {
      return await openRegistry(place('taking', name), { links: 'refused', layouts: parts.layouts });
    } catch (error) {
      if (!(error instanceof RegistryUnreadable)) throw error;
      await turnAway(name, error.why);
      return undefined;
    }
  }

  /** One that cannot be worked off does not hinder the others. */
  function leave(name: string, error: unknown): undefined {
    log.warn({ reason: nameOfError(error) }, 'a registry from the folder could not be taken in; it is tried again');
    tryAgainAt.set(name, parts.fileClock().getTime() + TRY_AGAIN_MS);
  }

  async function take(name: string, file: RegistryFile): Promise<void> {
    const { clock, timeZone, again } = parts;
    const shown = shownFileName(name);
    try {
      const { refusedFile } = await importRegistry(
        { connection, clock, timeZone, again },
        { ...file, name: shown },
        {
          async onDone(trx, report) {
            await noteTaken(trx, { who: REGISTRY_FOLDER }, report, clock());
            await tellTaken(trx, report, {}, clock());
          },
        },
      );
      if (refusedFile !== undefined) await putAway(refusedFile, 'refused', `${name}.refused.csv`);
      await putAway(place('taking', name), 'done', name);
    } catch (error) {
      if (error instanceof RegistryHeld) {
        return refuse(name, async (trx) => {
          await noteHeld(trx, { who: REGISTRY_FOLDER }, shown, error, clock());
          await tellHeld(trx, shown, error, clock());
        });
      }
      if (!(error instanceof Stopped)) leave(name, error);
    }
  }

  /** Its time is that of being put away, from which on it is kept so long. */
  async function putAway(path: string, room: 'done' | 'refused', name: string): Promise<void> {
    const now = parts.fileClock();
    // Both are its owner's to do, who may be another.
    if ((await lstat(path)).isFile()) await Promise.allSettled([closeOne(path), utimes(path, now, now)]);
    await rename(path, place(room, `${stampOf(now)}-${name}`));
  }

  async function forget(): Promise<void> {
    const before = parts.fileClock().getTime() - KEPT_MS;
    for (const room of ['done', 'refused', 'out'] as const) {
      const deleted = [];
      for (const name of await readdir(place(room))) {
        const found = await lstat(place(room, name)).catch(() => undefined);
        // What is not ours kept its time when it was put away; that it was moved is its last change.
        const isStamped = found?.isFile() && found.uid === process.getuid?.();
        const since = found && (isStamped ? found.mtimeMs : Math.max(found.mtimeMs, found.ctimeMs));
        if (since === undefined || since >= before) continue;
        await rm(place(room, name), { recursive: true, force: true });
        deleted.push(STAMP.exec(name)?.[0] ?? 'another name');
      }
      // What else is in a name may be of somebody.
      if (deleted.length > 0) log.info({ room, deleted }, 'registry files of more than 30 days ago were deleted');
    }
  }

  const turnAway = (name: string, why: string) =>
    refuse(name, (trx) =>
      tellUnread(trx, { name: shownFileName(name), why, isDescribed: parts.layouts.length > 0 }, parts.clock()),
    );

  async function refuse(name: string, tell: (trx: Trx) => Promise<void>): Promise<void> {
    await parts.db.transaction().execute(tell);
    await putAway(place('taking', name), 'refused', name);
  }

  const warned = (error: unknown) =>
    log.warn({ reason: nameOfError(error) }, 'the folder of registries could not be looked into');
  return {
    look: (signal) => look(signal).catch(warned),
    forget: () => forget().catch(warned),
  };
}

/** `20261123-061500-123`, before a name: a file of the same name does not replace one of before. */
function stampOf(moment: Date): string {
  return moment.toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');
}
const STAMP = /^\d{8}-\d{6}-\d{3}/;

/** We are told to end; what was half taken in is rolled back, and taken again by whoever starts next. */
class Stopped extends Error {}

function untilStopped(file: RegistryFile, signal: AbortSignal | undefined): RegistryFile {
  return {
    ...file,
    async *rows() {
      for await (const records of file.rows()) {
        if (signal?.aborted) throw new Stopped();
        yield records;
      }
    },
  };
}

/** Looks into the folder every few seconds; of the processes that share it one does. */
export function startFolder(leads: Leads, parts: FolderParts): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const running = leads.lead(
    { name: `registry folder ${hostname()}:${parts.folder}` },
    async (signal) => {
      const folder = await openFolder(parts).catch((error: unknown) => {
        parts.log.warn({ reason: nameOfError(error) }, 'the folder of registries cannot be used: DATA_DIR must be writable');
        return undefined;
      });
      if (!folder) return sleep(TRY_AGAIN_MS, signal);
      for (let forgetAt = 0; !signal.aborted; await sleep(LOOK_MS, signal)) {
        await folder.look(signal);
        if (performance.now() < forgetAt) continue;
        await folder.forget();
        forgetAt = performance.now() + FORGET_MS;
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
