import { readdir, rm } from 'node:fs/promises';
import type { Pool } from 'pg';
import { REGISTRY_FOLDER } from '../../domain/audit-actors.ts';
import { backoffMs, QUEUE_BACKOFF } from '../../domain/backoff.ts';
import { shownFileName } from '../../domain/registry-file.ts';
import type { Clock, RegistryFile } from '../../office/edges.ts';
import { type ImportEdges, importRegistry } from '../../office/registries/import-registry.ts';
import type { Layout } from '../../office/registries/layouts/layout.ts';
import { noteHeld, noteTaken } from '../../office/registries/noted.ts';
import { tellHeld, tellStuck, tellTaken } from '../../office/registries/notices.ts';
import { RegistryHeld } from '../../office/registries/owner-changes.ts';
import { RegistryNotNow, RegistryUnreadable } from '../../office/registries/reading/unreadable.ts';
import { REGISTRIES } from '../../office/registries/registries.ts';
import type { Db } from '../../records/database.ts';
import { whyUnmoved } from '../file-error.ts';
import { type LastStep, moveFile } from '../move-file.ts';
import { nameOfError } from '../../runtime/name-of-error.ts';
import type { WorkerLog } from '../../runtime/worker-log.ts';
import { importConnection } from '../postgres/import-connection.ts';
import { closeOne, makePrivateFolder } from '../private-files.ts';
import { begunFilesIn, type MarkedFile } from './begun.ts';
import { openRegistry } from './file.ts';
import { findFiles, type WaitingFile } from './folder/find-files.ts';
import { inTurn, type Ranked, UNKNOWN_RANK } from './folder/in-turn.ts';
import { isCopy } from './folder/is-copy.ts';
import { knownFiles, ofFile } from './folder/known-files.ts';
import { forgetDeaths, leftTeller } from './folder/left.ts';
import { outlivingDeaths } from './folder/outliving.ts';
import { deleteOld, putAway as putFileAway } from './folder/put-away.ts';
import { isThere, ROOMS, roomsIn } from './folder/rooms.ts';
import { turningAway } from './folder/turn-away.ts';
import { Stopped, untilStopped } from './folder/until-stopped.ts';
import { keptName } from './kept-name.ts';

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
  log: WorkerLog;
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

/** So long a file waits for one that may have to come before it. */
const MOST_WAIT_MS = 600_000;
/** After a breakage; the file is put back meanwhile. */
const FILE_BACKOFF = { ...QUEUE_BACKOFF, firstMs: 60_000 };
/** So often something breaks over one file before it is turned away: with that wait, an hour and a half of breakages. */
const MOST_FAILURES = 12;
const BROKEN =
  'файл не удалось загрузить много раз подряд, больше не пробуем. Причина есть в журнале сервера; когда она устранена, положите файл заново';
/** Files that are held open at once; what comes after them is taken at the next look. */
const MOST_AT_ONCE = 100;
/** Refused rows of a file that is in hand. */
const ROWS_OF = /^(.*)\.refused\.csv(\.part)?$/;

type OpenedFile = WaitingFile & Ranked & { since: number; file: RegistryFile };

/**
 * Takes registries from a folder, in the order in which they are taken at all: a file goes to `done`, its refused rows or, where it is no
 * registry or would change the owners of many accounts, or close many, it itself to `refused`, and staff are told. A look a time; a file is left alone until
 * it has been the same for ten seconds. What a process that died had in hand is taken again: that changes nothing; what three of them died
 * over is refused unread, and so is what could never be taken in. What is no regular file is never opened.
 */
export async function openFolder(parts: FolderParts): Promise<RegistryFolder> {
  const { log } = parts;
  const rooms = roomsIn(parts.folder);
  const { place } = rooms;
  for (const room of ROOMS) {
    await makePrivateFolder(place(room));
    await closeOne(place(room)).catch(() => undefined);
  }
  const connection = importConnection(parts.pool);
  const known = knownFiles();
  const { failed, taken, ranks } = known;
  let isStirring = false;

  const warned = (error: unknown) =>
    log.warn({ reason: nameOfError(error) }, 'the folder of registries could not be looked into');
  const isInHand = (name: string) => isThere(place('taking', name));
  async function putAway(path: string | Buffer, room: 'done' | 'refused', name: string, lastStep?: LastStep): Promise<void> {
    await putFileAway(rooms, parts.fileClock(), path, room, name, lastStep);
    failed.delete(name);
  }
  const { turnAway, refuse } = turningAway({
    db: parts.db,
    clock: parts.clock,
    isDescribed: parts.layouts.length > 0,
    placeOf: (name) => place('taking', name),
    putAway,
  });
  const begun = begunFilesIn(place('begun'));
  const outliving = outlivingDeaths({ begun, toldToEnd: parts.toldToEnd, isInHand, turnAway, warned, log });
  const tellLeft = leftTeller(rooms, parts.fileClock, log);

  /** What was in hand when something broke; where another of its name has come meanwhile, that one waits until this is dealt with. */
  async function putBack(): Promise<void> {
    const names = await readdir(place('taking'));
    const come = new Map<string, Buffer>();
    for (const bytes of await readdir(place('in'), { encoding: 'buffer' })) come.set(keptName(bytes), rooms.pathIn('in', bytes));
    for (const name of names) {
      const base = ROWS_OF.exec(name)?.[1];
      if (taken.has(name) || (base !== undefined && taken.has(base))) continue;
      const isOurs = name.endsWith('.part') || (base !== undefined && names.includes(base));
      const another = come.get(name);
      if (isOurs) await rm(place('taking', name), { recursive: true, force: true });
      else if (!another) await moveFile(place('taking', name), place('in', name)).catch(() => undefined);
      // Whoever copied it from another disk, or back to there, died before one of the two was taken away.
      else if (await isCopy(another, place('taking', name)).catch(() => false)) await rm(place('taking', name), { force: true });
    }
  }

  /** What has come to rest, and is not to be tried later. */
  async function settled(): Promise<WaitingFile[]> {
    const now = parts.fileClock().getTime();
    isStirring = false;
    const files = await findFiles(rooms, now);
    const { found } = files;
    isStirring = files.isStirring;
    known.keepOnly(files.there);
    return (
      [...found.values()]
        .filter((file) => (failed.get(file.name)?.tryAgainAt ?? 0) <= now)
        // While its file is in hand, ours of that name are written there.
        .filter(({ name }) => !found.has(ROWS_OF.exec(name)?.[1] ?? ''))
    );
  }

  /** Those that come first by their kinds, held open in `opened`; what each of the others is, is known from then on. */
  async function openFirst(opened: OpenedFile[], signal: AbortSignal | undefined): Promise<void> {
    const waiting = (await settled()).map((file) => ({ ...file, rank: UNKNOWN_RANK, ...ranks.get(file.name) }));
    for (const each of waiting.sort(inTurn)) {
      if (signal?.aborted) return;
      const done = ofFile(taken, each);
      if (done) {
        await putAwayTaken(each, done.refusedFile).catch((error: unknown) => leave(each, error));
        continue;
      }
      const ranked = ranks.get(each.name);
      const last = opened.length < MOST_AT_ONCE ? undefined : opened.at(-1);
      if (ranked && ((last && inTurn(each, last) > 0) || mustWait(ranked))) continue;
      const file = await open(each).catch((error: unknown) => leave(each, error));
      if (!file) continue;
      const rank = REGISTRIES.indexOf(file.header.registry);
      const since = ranked?.since ?? parts.fileClock().getTime();
      ranks.set(each.name, { mark: each.mark, rank, since });
      opened.push({ ...each, rank, since, file });
      opened.sort(inTurn);
      if (opened.length > MOST_AT_ONCE) await opened.pop()?.file.close();
    }
  }

  async function look(signal?: AbortSignal): Promise<void> {
    const opened: OpenedFile[] = [];
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
  async function open({ name, mark, from }: WaitingFile): Promise<RegistryFile | undefined> {
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

  /** One that cannot be worked off does not hinder the others; what never can be is turned away. */
  async function leave(file: WaitingFile, error: unknown): Promise<undefined> {
    const isTaken = ofFile(taken, file) !== undefined;
    const what = isTaken ? 'was taken in and could not be put away' : 'could not be taken in';
    log.warn({ reason: nameOfError(error) }, `a registry from the folder ${what}; it is tried again`);
    const before = ofFile(failed, file);
    const times = (before?.times ?? 0) + 1;
    const tryAgainAt = parts.fileClock().getTime() + backoffMs(times - 1, FILE_BACKOFF);
    failed.set(file.name, { mark: file.mark, times, tryAgainAt, isTold: before?.isTold ?? false });
    if (times % MOST_FAILURES === 0) await giveUpOn(file, isTaken, error).catch(() => undefined);
    return undefined;
  }

  /** Where it cannot even be put away it goes on waiting, and staff are told once. */
  async function giveUpOn(file: WaitingFile, isTaken: boolean, error: unknown): Promise<void> {
    const { name, from } = file;
    let why = error;
    if (!isTaken) {
      try {
        return await turnAway(name, BROKEN, (await isInHand(name)) ? undefined : from);
      } catch (stays) {
        why = stays;
      }
    }
    const failure = ofFile(failed, file);
    if (!failure || failure.isTold) return;
    const words = { name: shownFileName(name), why: whyUnmoved(why), isTaken };
    await parts.db.transaction().execute((trx) => tellStuck(trx, words, parts.clock()));
    failure.isTold = true;
  }

  async function take({ name, mark }: MarkedFile, file: RegistryFile): Promise<void> {
    const { clock, timeZone, readingRules } = parts;
    const shown = shownFileName(name);
    try {
      const { refusedFile, refusedProblem } = await importRegistry(
        { connection, clock, timeZone, readingRules },
        { ...file, name: shown },
        {
          async onDone(trx, report) {
            await noteTaken(trx, { who: REGISTRY_FOLDER }, report, clock());
            await tellTaken(trx, report, {}, clock());
          },
        },
      );
      if (refusedProblem !== undefined) log.warn({}, 'refused rows of a former import could not be removed from the folder');
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

  async function forget(): Promise<void> {
    await forgetDeaths(rooms).catch(warned);
    await tellLeft().catch(warned);
    await deleteOld(rooms, parts.fileClock(), log);
  }

  return {
    look: (signal) => look(signal).catch(warned),
    forget: () => forget().catch(warned),
  };
}
