/** The program's folder of registries, used as billing would: a file goes in, and is gone when the program has taken it. */
import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { sleep } from '../../runtime/sleep.ts';
import { writeWholeFile } from '../../adapters/whole-file.ts';

/** A file that has been the same for so long is taken at the next look: this one is whole from the first moment. */
const SETTLED_SECONDS = 60;
const LOOK_MS = 200;
/** The program looks every five seconds; a machine with other work takes longer. */
const PATIENCE_MS = 60_000;

export type Taken = 'taken' | 'refused' | 'waiting';

/** Puts the file there and waits until the program has taken it in, or turned it or rows of it away; `waiting` when that lasts too long, or ends. */
export async function handIn(folder: string, name: string, content: Uint8Array, signal: AbortSignal): Promise<Taken> {
  const place = join(folder, 'in', name);
  await mkdir(join(folder, 'in'), { recursive: true, mode: 0o700 });
  const before = await namesIn(folder, name);
  await writeWholeFile(place, content);
  const old = Date.now() / 1000 - SETTLED_SECONDS;
  await utimes(place, old, old);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until && !signal.aborted; await sleep(LOOK_MS, signal)) {
    const now = await namesIn(folder, name);
    if (now.refused.some((one) => !before.refused.includes(one))) return 'refused';
    if (now.done.some((one) => !before.done.includes(one))) return 'taken';
  }
  return 'waiting';
}

async function namesIn(folder: string, name: string): Promise<Record<'done' | 'refused', string[]>> {
  const [done = [], refused = []] = await Promise.all(
    ['done', 'refused'].map(async (room) => {
      const names = await readdir(join(folder, room)).catch(() => []);
      return names.filter((one) => one.includes(name));
    }),
  );
  return { done, refused };
}
