import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFile } from '../whole-file.ts';

/** Over which files of a folder processes died, counted on the disk: who dies writes nothing any more. */
export type BegunFiles = {
  /** A file is worked on from now on; over how many times before a process died. */
  begin: (name: string) => Promise<number>;
  /** This process is alive after it: before it, so many have died. */
  survive: (name: string, deaths: number) => Promise<void>;
};

/** `folder`: has a file of the same name for each that was begun, and in it how often. */
export function begunFilesIn(folder: string): BegunFiles {
  return {
    async begin(name) {
      const deaths = await readCount(join(folder, name));
      await writeWholeFile(join(folder, name), String(deaths + 1));
      return deaths;
    },
    survive: (name, deaths) =>
      deaths === 0 ? rm(join(folder, name), { force: true }) : writeWholeFile(join(folder, name), String(deaths)),
  };
}

async function readCount(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '0';
  });
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
