import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { shownFileName } from '../../domain/registry-file.ts';
import { keptName } from './kept-name.ts';

/** What is not there whole: names of editors, of FTP and of browsers. */
const UNDER_WAY = /^[.~]|\.(part|filepart|tmp|crdownload)$/i;
/** No upload of a registry takes so long. */
const LONG_MS = 86_400_000;
/** More than two clocks go apart. */
const AHEAD_MS = 3_600_000;
/** Where anybody takes files, one is taken, or tried, much sooner. */
const UNTAKEN_MS = 3_600_000;
const MOST_NAMED = 3;

/** Whether a file's name says that somebody is still writing it. */
export const isUnderWay = (name: string): boolean => UNDER_WAY.test(name);

/** When a file was last changed. A time to come was brought along from another clock (`cp -p`): then it is when it came here. */
export const changedAt = ({ mtimeMs, ctimeMs }: Pick<Stats, 'mtimeMs' | 'ctimeMs'>, now: number): number =>
  mtimeMs > now ? ctimeMs : mtimeMs;

/**
 * Files that are not taken from the folder, by name: an upload that broke off a day ago or more, what waits for a time to come, and what
 * nobody has touched for an hour, though it might be taken.
 */
export type LeftBehind = { unfinished: string[]; ahead: string[]; untaken: string[] };

/** What was left behind in a folder of registries (`in`); nothing where there is no folder. */
export async function findLeftBehind(folder: string, now: Date): Promise<LeftBehind> {
  const left: LeftBehind = { unfinished: [], ahead: [], untaken: [] };
  const names = await readdir(folder, { encoding: 'buffer' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const bytes of names) {
    const name = keptName(bytes);
    const file = await lstat(Buffer.concat([Buffer.from(`${folder}/`), bytes])).catch(() => undefined);
    if (!file) continue;
    const age = now.getTime() - changedAt(file, now.getTime());
    if (isUnderWay(name) && age >= LONG_MS) left.unfinished.push(name);
    if (!isUnderWay(name) && age <= -AHEAD_MS) left.ahead.push(name);
    // To move it changes this time, too.
    if (!isUnderWay(name) && now.getTime() - file.ctimeMs >= UNTAKEN_MS) left.untaken.push(name);
  }
  return left;
}

/** A sentence for each kind of them, for the operator. `named`: where their names may stand, in which somebody's may be. */
export function sayLeftBehind({ unfinished, ahead, untaken }: LeftBehind, { named }: { named: boolean }): string[] {
  const ofThem = (names: readonly string[]) => {
    const shown = names.toSorted().slice(0, MOST_NAMED).map(shownFileName).join(', ');
    return named ? `${names.length} (${shown}${names.length > MOST_NAMED ? ' …' : ''})` : String(names.length);
  };
  return [
    ...(unfinished.length > 0
      ? [
          `registries/in: больше суток лежат файлы, чьё имя говорит, что они ещё пишутся: ${ofThem(unfinished)}; их не загружают и не удаляют, а в них могут быть персональные данные: положите файл целиком под обычным именем, недописанный удалите`,
        ]
      : []),
    ...(ahead.length > 0
      ? [
          `registries/in: время изменения файлов ещё не наступило: ${ofThem(ahead)}; до него их не загружают: проверьте часы и положите файлы заново`,
        ]
      : []),
    ...(untaken.length > 0
      ? [
          `registries/in: больше часа лежат файлы, которые никто не берёт: ${ofThem(untaken)}; проверьте, что бот работает, а в его журнале — что мешает`,
        ]
      : []),
  ];
}
