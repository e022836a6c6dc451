import { lstat, readdir, rm, utimes } from 'node:fs/promises';
import { eachByItself } from '../../../office/each-by-itself.ts';
import type { WorkerLog } from '../../../runtime/worker-log.ts';
import { type LastStep, moveFile } from '../../move-file.ts';
import { closeOne, makePrivateFolder } from '../../private-files.ts';
import type { Rooms } from './rooms.ts';

/** As the README says (what is kept how long): whoever must know what was taken in asks the database. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Puts a file into `done` or `refused` under a name of its own. Its time is that of being put away, from which on it is kept so long. */
export async function putAway(
  { place }: Rooms,
  now: Date,
  path: string | Buffer,
  room: 'done' | 'refused',
  name: string,
  lastStep?: LastStep,
): Promise<void> {
  const kept = place(room, `${stampOf(now)}-${name}`);
  const isFile = (await lstat(path)).isFile();
  await makePrivateFolder(place(room));
  await moveFile(path, kept, lastStep);
  // Not before: by its time a file is told from another. Both are its owner's to do, who may be another.
  if (isFile) await Promise.allSettled([closeOne(kept), utimes(kept, now, now)]);
}

/** Deletes what has been in `done`, `refused` and `out` for 30 days. */
export async function deleteOld({ place, pathIn }: Rooms, now: Date, log: WorkerLog): Promise<void> {
  const before = now.getTime() - KEPT_MS;
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

/** `20261123-061500-123`, before a name: a file of the same name does not replace one of before. */
function stampOf(moment: Date): string {
  return moment.toISOString().replace(/[-:Z]/g, '').replace(/[T.]/g, '-');
}
const STAMP = /^\d{8}-\d{6}-\d{3}/;
