import { lstat, readdir } from 'node:fs/promises';
import type { MarkedFile } from '../begun.ts';
import { keptName } from '../kept-name.ts';
import { changedAt, isUnderWay } from '../left-behind.ts';
import type { Rooms } from './rooms.ts';

/** What is to be taken, by what it is called from now on. `from`: where it lies. */
export type WaitingFile = MarkedFile & { from: string | Buffer };

export type FoundFiles = {
  /** What has come to rest, by name; of two of one name the one that was in hand already. */
  found: Map<string, WaitingFile>;
  /** That, and what is still being written. */
  there: Map<string, MarkedFile>;
  /** Whether something in `in` was written to just now: nobody knows yet what it is. */
  isStirring: boolean;
};

/** A file that is still being written changes more often. */
const SETTLED_MS = 10_000;

/** Looks for files in `taking` and in `in`. Names come in bytes: not all are UTF-8. */
export async function findFiles({ place, pathIn }: Rooms, now: number): Promise<FoundFiles> {
  const found = new Map<string, WaitingFile>();
  const there = new Map<string, MarkedFile>();
  let isStirring = false;
  for (const name of await readdir(place('taking'))) {
    const from = place('taking', name);
    const file = await lstat(from).catch(() => undefined);
    if (file) found.set(name, { name, mark: fileMark(file), from });
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
    there.set(name, { name, mark: fileMark(file) });
    if (isSettled) found.set(name, { name, mark: fileMark(file), from });
  }
  return { found, there, isStirring };
}

/** Writing to a file changes it, moving does not; a copy's time is rounded to milliseconds. */
export const fileMark = ({ size, mtimeMs }: { size: number; mtimeMs: number }): string => `${size} ${Math.round(mtimeMs)}`;
