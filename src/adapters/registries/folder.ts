import { lstat, readdir, rm, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { OutboxLog } from '../../delivery/line.ts';
import { shownFileName } from '../../domain/registry-file.ts';
import { eachByItself } from '../../office/each-by-itself.ts';
import type { Clock, RegistryFile } from '../../office/edges.ts';
import { type ImportEdges, importRegistry } from '../../office/registries/import-registry.ts';
import { tellHeld, tellStuck, tellTaken, tellUnread } from '../../office/registries/notices.ts';
import { noteHeld, noteTaken } from '../../office/registries/noted.ts';
import { RegistryHeld } from '../../office/registries/owner-changes.ts';
import type { Layout } from '../../office/registries/layouts/layout.ts';
import { RegistryNotNow, RegistryUnreadable } from '../../office/registries/reading/unreadable.ts';
import { REGISTRIES } from '../../office/registries/registries.ts';
import { REGISTRY_FOLDER } from '../../domain/audit-actors.ts';
import type { Db, Trx } from '../../records/database.ts';
import { whyUnmoved } from '../file-error.ts';
import { moveFile } from '../move-file.ts';
import { nameOfError } from '../name-of-error.ts';
import type { Leads } from '../postgres/leads.ts';
import { closeOne, makePrivateFolder } from '../private-files.ts';
import { sleep } from '../sleep.ts';
import { backoffMs } from '../../delivery/backoff.ts';
import { importConnection } from '../postgres/import-connection.ts';
import { begunFilesIn, type MarkedFile } from './begun.ts';
import { openRegistry } from './file.ts';
import { keptName } from './kept-name.ts';
import { changedAt, findLeftBehind, isUnderWay, sayLeftBehind } from './left-behind.ts';

export type FolderParts = {
  /** Holds `in`, from where files are taken, `done` and `refused`, where they go, and `out`, where exports lie. */
  folder: string;
  db: Db;
  pool: Pool;
  clock: Clock;
  /** Whose days are meant by «later than tomorrow». */
  timeZone: string;
  readingRules?: ImportEdges['readingRules'];
  /** How banks and providers write theirs. */
  layouts: readonly Layout[];
  /** The time by which files are told apart. */
  fileClock: Clock;
  log: OutboxLog;
  /** Aborted when the process is told to end: whatever ends it from then on, it did not die over the file in hand. */
  toldToEnd?: AbortSignal | undefined;
};

export type RegistryFolder = {
  /** A file that is being read when the signal is aborted is left where it was. */
  look: (signal?: AbortSignal) => Promise<void>;
  /**
   * Deletes what has been in `done`, `refused` and `out` for 30 days, and what was counted of files that are there no more; once a day the
   * log hears of what was left behind in `in`.
   */
  forget: () => Promise<void>;
};

const ROOMS = ['in', 'taking', 'begun', 'done', 'refused', 'out'] as const;
type Room = (typeof ROOMS)[number];

const LOOK_MS = 5000;
/** A file that is still being written changes more often. */
const SETTLED_MS = 10_000;
/** So long a file waits for one that may have to come before it. */
const MOST_WAIT_MS = 600_000;
/** After a breakage, growing from time to time; the file is put back meanwhile. */
const TRY_AGAIN_MS = 60_000;
/** So often something breaks, or a process dies, over one file before it is turned away: with that wait, an hour and a half of breakages. */
const MOST_FAILURES = 12;
const MOST_DEATHS = 3;
/** Files that are held open at once; what comes after them is taken at the next look. */
const MOST_AT_ONCE = 100;
/** As the README says (what is kept how long): whoever must know what was taken in asks the database. */
const KEPT_MS = 30 * 24 * 3_600_000;
const FORGET_MS = 3_600_000;
/** How often the log says what was left behind. */
const TELL_LEFT_MS = 24 * 3_600_000;
/** Refused rows of a file that is in hand. */
const ROWS_OF = /^(.*)\.refused\.csv(\.part)?$/;

/**
 * Takes registries from a folder, in the order in which they are taken at all: a file goes to `done`, its refused rows or, where it is no
 * registry or would change the owners of many accounts, or close many, it itself to `refused`, and staff are told. A look a time; a file is left alone until
 * it has been the same for ten seconds. What a process that died had in hand is taken again: that changes nothing; what three of them died
 * over is refused unread, and so is what could never be taken in. What is no regular file is never opened.
 */
export async function openFolder(parts: FolderParts): Promise<RegistryFolder> {
  const { folder, log } = parts;
  const place = (room: Room, name = '') => join(folder, room, name);
  const pathIn = (room: Room, name: Buffer) => Buffer.concat([Buffer.from(`${place(room)}/`), name]);
  for (const room of ROOMS) {
    await makePrivateFolder(place(room));
    await closeOne(place(room)).catch(() => undefined);
  }
  const connection = importConnection(parts.pool);
  const begun = begunFilesIn(place('begun'));
  const failed = new Map<string, { mark: string; times: number; tryAgainAt: number; isTold: boolean }>();
  /** Of what was taken in and could not be put away: where its refused rows are. To take it in once more would be told once more. */
  const taken = new Map<string, { mark: string; refusedFile: string | undefined }>();
  /** Of what was opened once and has not had its turn; `since`: from when on. */
  const ranks = new Map<string, { mark: string; rank: number; since: number }>();
  /** Whether something in `in` was written to just now: nobody knows yet what it is. */
  let isStirring = false;
  const ofFile = <Known extends { mark: string }>(known: Map<string, Known>, { name, mark }: MarkedFile) => {
    const found = known.get(name);
    return found?.mark === mark ? found : undefined;
  };

  /** What was in hand when something broke; where another of its name has come meanwhile, that one waits until this is dealt with. */
  async function putBack(): Promise<void> {
    const names = await readdir(place('taking'));
    const come = new Set(await readdir(place('in')));
    for (const name of names) {
      const base = ROWS_OF.exec(name)?.[1];
      if (taken.has(name) || (base !== undefined && taken.has(base))) continue;
      const isOurs = name.endsWith('.part') || (base !== undefined && names.includes(base));
      if (isOurs) await rm(place('taking', name), { recursive: true, force: true });
      else if (!come.has(name)) await moveFile(place('taking', name), place('in', name)).catch(() => undefined);
    }
  }

  /** What is to be taken, by what it is called from now on. `from`: where it lies. */
  type Waiting = MarkedFile & { from: string | Buffer };
  type Opened = Waiting & Ranked & { since: number; file: RegistryFile };

  /** What has come to rest; of two of one name the one that was in hand already. Names come in bytes: not all are UTF-8. */
  async function settled(): Promise<Waiting[]> {
    const now = parts.fileClock().getTime();
    const found = new Map<string, Waiting>();
    const there = new Map<string, MarkedFile>();
    isStirring = false;
    for (const name of await readdir(place('taking'))) {
      const from = place('taking', name);
      const file = await lstat(from).catch(() => undefined);
      if (file) found.set(name, { name, mark: markOf(file), from });
    }
    for (const [name, file] of found) there.set(name, file);
    for (const bytes of await readdir(place('in'), { encoding: 'buffer' })) {
      const name = keptName(bytes);
      const from = pathIn('in', bytes);
      const file = await lstat(from).catch(() => undefined);
      if (!file) continue;
      const isSettled = now - changedAt(file, now) >= SETTLED_MS;
      if (!isSettled && file.isFile()) isStirring = true;
      if (isUnderWay(name) || found.has(name)) continue;
      there.set(name, { name, mark: markOf(file) });
      if (isSettled) found.set(name, { name, mark: markOf(file), from });
    }
    for (const known of [failed, taken, ranks])
      for (const name of known.keys()) if (!ofFile<{ mark: string }>(known, there.get(name) ?? NO_FILE)) known.delete(name);
    return (
      [...found.values()]
        .filter((file) => (failed.get(file.name)?.tryAgainAt ?? 0) <= now)
        // While its file is in hand, ours of that name are written there.
        .filter(({ name }) => !found.has(ROWS_OF.exec(name)?.[1] ?? ''))
    );
  }

  /** Those that come first by their kinds, held open in `opened`; what each of the others is, is known from then on. */
  async function openFirst(opened: Opened[], signal: AbortSignal | undefined): Promise<void> {
    const waiting = (await settled()).map((file) => ({ ...file, rank: UNKNOWN, ...ranks.get(file.name) }));
    for (const each of waiting.sort(inOrder)) {
      if (signal?.aborted) return;
      const done = ofFile(taken, each);
      if (done) {
        await putAwayTaken(each, done.refusedFile).catch((error: unknown) => leave(each, error));
        continue;
      }
      const known = ranks.get(each.name);
      const last = opened.length < MOST_AT_ONCE ? undefined : opened.at(-1);
      if (known && ((last && inOrder(each, last) > 0) || mustWait(known))) continue;
      const file = await open(each).catch((error: unknown) => leave(each, error));
      if (!file) continue;
      const rank = REGISTRIES.indexOf(file.header.registry);
      const since = known?.since ?? parts.fileClock().getTime();
      ranks.set(each.name, { mark: each.mark, rank, since });
      opened.push({ ...each, rank, since, file });
      opened.sort(inOrder);
      if (opened.length > MOST_AT_ONCE) await opened.pop()?.file.close();
    }
  }

  async function look(signal?: AbortSignal): Promise<void> {
    const opened: Opened[] = [];
    try {
      // Whoever deletes one while we are at work means what is in it.
      await Promise.allSettled(ROOMS.map((room) => makePrivateFolder(place(room))));
      await putBack();
      await openFirst(opened, signal);
      for (const each of opened) {
        if (signal?.aborted) return;
        if (mustWait(each)) continue;
        const work = outliving(each, () => take(each, untilStopped(each.file, signal)));
        await work.catch((error: unknown) => leave(each, error));
      }
    } finally {
      await Promise.allSettled(opened.map(({ file }) => file.close()));
    }
  }

  /** Its rows may be of accounts that another file is about to bring: one that is still being written, or that is to be tried again. */
  function mustWait({ rank, since }: { rank: number; since: number }): boolean {
    if (rank === 0 || parts.fileClock().getTime() - since >= MOST_WAIT_MS) return false;
    return (
      isStirring || [...failed].some(([name, { times }]) => times < MOST_FAILURES && !taken.has(name) && rankOf(name) < rank)
    );
  }

  /** Of what could not even be opened nothing is known: it may be of the first kind. */
  const rankOf = (name: string): number => ranks.get(name)?.rank ?? 0;

  /** Undefined for what is no registry: it is turned away. Links are not followed, pipes and devices not opened: anybody may have put them there. */
  async function open({ name, mark, from }: Waiting): Promise<RegistryFile | undefined> {
    const path = place('taking', name);
    await moveFile(from, path);
    return outliving({ name, mark }, async () => {
      try {
        return await openRegistry(path, { links: 'refused', layouts: parts.layouts });
      } catch (error) {
        if (!(error instanceof RegistryUnreadable) || error instanceof RegistryNotNow) throw error;
        await turnAway(name, error.why);
        return undefined;
      }
    });
  }

  /** Works on a file, unless processes have died over it: then it is turned away, and nothing comes of it. */
  async function outliving<T>(file: MarkedFile, work: () => Promise<T>): Promise<T | undefined> {
    const { name } = file;
    const { toldToEnd } = parts;
    let takenBack: Promise<void> | undefined;
    const deaths = await begun.begin(file);
    const takeBack = () => {
      takenBack = begun.survive(file, deaths).catch(warned);
    };
    toldToEnd?.addEventListener('abort', takeBack);
    try {
      if (toldToEnd?.aborted) takeBack();
      if (deaths < MOST_DEATHS) return await work();
      log.warn({ deaths }, 'a registry from the folder is turned away: processes died over it');
      await turnAway(name, DEADLY);
      return undefined;
    } finally {
      toldToEnd?.removeEventListener('abort', takeBack);
      // One write of it at a time.
      await takenBack;
      await begun.survive(file, (await isInHand(name)) ? deaths : 0);
    }
  }

  const isInHand = (name: string) => isThere(place('taking', name));

  /** One that cannot be worked off does not hinder the others; what never can be is turned away. */
  async function leave(file: Waiting, error: unknown): Promise<undefined> {
    const isTaken = ofFile(taken, file) !== undefined;
    const what = isTaken ? 'was taken in and could not be put away' : 'could not be taken in';
    log.warn({ reason: nameOfError(error) }, `a registry from the folder ${what}; it is tried again`);
    const before = ofFile(failed, file);
    const times = (before?.times ?? 0) + 1;
    const tryAgainAt = parts.fileClock().getTime() + backoffMs(times - 1, TRY_AGAIN_MS);
    failed.set(file.name, { mark: file.mark, times, tryAgainAt, isTold: before?.isTold ?? false });
    if (times % MOST_FAILURES === 0) await giveUpOn(file, isTaken, error).catch(() => undefined);
    return undefined;
  }

  /** Where it cannot even be put away it goes on waiting, and staff are told once. */
  async function giveUpOn(file: Waiting, isTaken: boolean, error: unknown): Promise<void> {
    const { name, from } = file;
    let why = error;
    if (!isTaken) {
      try {
        return await turnAway(name, BROKEN, (await isInHand(name)) ? undefined : from);
      } catch (stays) {
        why = stays;
      }
    }
    const known = ofFile(failed, file);
    if (!known || known.isTold) return;
    const words = { name: shownFileName(name), why: whyUnmoved(why), isTaken };
    await parts.db.transaction().execute((trx) => tellStuck(trx, words, parts.clock()));
    known.isTold = true;
  }

  async function take({ name, mark }: MarkedFile, file: RegistryFile): Promise<void> {
    const { clock, timeZone, readingRules } = parts;
    const shown = shownFileName(name);
    try {
      const { refusedFile, refusedTrouble } = await importRegistry(
        { connection, clock, timeZone, readingRules },
        { ...file, name: shown },
        {
          async onDone(trx, report) {
            await noteTaken(trx, { who: REGISTRY_FOLDER }, report, clock());
            await tellTaken(trx, report, {}, clock());
          },
        },
      );
      if (refusedTrouble !== undefined) log.warn({}, 'refused rows of a former import could not be removed from the folder');
      taken.set(name, { mark, refusedFile });
      await putAwayTaken({ name }, refusedFile);
    } catch (error) {
      if (error instanceof RegistryHeld) {
        return refuse(name, async (trx) => {
          await noteHeld(trx, { who: REGISTRY_FOLDER }, shown, error, clock());
          await tellHeld(trx, shown, error, clock());
        });
      }
      if (!(error instanceof Stopped)) throw error;
    }
  }

  async function putAwayTaken({ name }: { name: string }, refusedFile: string | undefined): Promise<void> {
    if (refusedFile !== undefined && (await isThere(refusedFile))) await putAway(refusedFile, 'refused', `${name}.refused.csv`);
    await putAway(place('taking', name), 'done', name);
    taken.delete(name);
  }

  /** Its time is that of being put away, from which on it is kept so long. */
  async function putAway(path: string | Buffer, room: 'done' | 'refused', name: string): Promise<void> {
    const now = parts.fileClock();
    const kept = place(room, `${stampOf(now)}-${name}`);
    const isFile = (await lstat(path)).isFile();
    await makePrivateFolder(place(room));
    await moveFile(path, kept);
    // Not before: by its time a file is told from another. Both are its owner's to do, who may be another.
    if (isFile) await Promise.allSettled([closeOne(kept), utimes(kept, now, now)]);
    failed.delete(name);
  }

  async function forgetDeaths(): Promise<void> {
    const there = new Set(await readdir(place('taking')));
    for (const bytes of await readdir(place('in'), { encoding: 'buffer' })) there.add(keptName(bytes));
    const gone = (await readdir(place('begun'))).filter((name) => !there.has(name));
    await eachByItself(gone, (name) => rm(place('begun', name), { force: true }));
  }

  let tellLeftAt = -Infinity;
  async function tellLeft(): Promise<void> {
    const now = parts.fileClock();
    if (now.getTime() < tellLeftAt) return;
    const left = await findLeftBehind(place('in'), now);
    for (const says of sayLeftBehind(left, { named: false })) {
      tellLeftAt = now.getTime() + TELL_LEFT_MS;
      log.warn({}, says);
    }
  }

  async function forget(): Promise<void> {
    await forgetDeaths().catch(warned);
    await tellLeft().catch(warned);
    const before = parts.fileClock().getTime() - KEPT_MS;
    await eachByItself(['done', 'refused', 'out'] as const, async (room) => {
      const deleted: string[] = [];
      try {
        await eachByItself(await readdir(place(room), { encoding: 'buffer' }), async (bytes) => {
          const path = pathIn(room, bytes);
          const found = await lstat(path).catch(() => undefined);
          // What is not ours kept its time when it was put away; that it was moved is its last change.
          const isStamped = found?.isFile() && found.uid === process.getuid?.();
          const since = found && (isStamped ? found.mtimeMs : Math.max(found.mtimeMs, found.ctimeMs));
          if (since === undefined || since >= before) return;
          await rm(path, { recursive: true, force: true });
          deleted.push(STAMP.exec(bytes.toString())?.[0] ?? 'another name');
        });
      } finally {
        // What else is in a name may be of somebody.
        if (deleted.length > 0) log.info({ room, deleted }, 'registry files of more than 30 days ago were deleted');
      }
    });
  }

  const turnAway = (name: string, why: string, from?: string | Buffer) =>
    refuse(
      name,
      (trx) => tellUnread(trx, { name: shownFileName(name), why, isDescribed: parts.layouts.length > 0 }, parts.clock()),
      from,
    );

  async function refuse(
    name: string,
    tell: (trx: Trx) => Promise<void>,
    from: string | Buffer = place('taking', name),
  ): Promise<void> {
    // Together, so that what cannot be put away is not told of again and again.
    await parts.db.transaction().execute(async (trx) => {
      await tell(trx);
      await putAway(from, 'refused', name);
    });
  }

  const warned = (error: unknown) =>
    log.warn({ reason: nameOfError(error) }, 'the folder of registries could not be looked into');
  return {
    look: (signal) => look(signal).catch(warned),
    forget: () => forget().catch(warned),
  };
}

const DEADLY =
  'на этом файле трижды остановилась программа, больше не пробуем. Сохраните таблицу как CSV с точкой с запятой и положите заново; если повторится, причина есть в журнале сервера';
const BROKEN =
  'файл не удалось загрузить много раз подряд, больше не пробуем. Причина есть в журнале сервера; когда она устранена, положите файл заново';

/** `20261123-061500-123`, before a name: a file of the same name does not replace one of before. */
function stampOf(moment: Date): string {
  return moment.toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');
}
const STAMP = /^\d{8}-\d{6}-\d{3}/;

/** Writing to a file changes it, moving does not; a copy's time is rounded to milliseconds. */
const markOf = ({ size, mtimeMs }: { size: number; mtimeMs: number }): string => `${size} ${Math.round(mtimeMs)}`;

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

type Ranked = { name: string; rank: number };
/** After all kinds: these are looked into last, and find out whether they come before those that are known. */
const UNKNOWN = REGISTRIES.length;
const inOrder = (a: Ranked, b: Ranked) => a.rank - b.rank || (a.name < b.name ? -1 : 1);

const NO_FILE: MarkedFile = { name: '', mark: '' };

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
