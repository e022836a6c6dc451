import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFile } from '../whole-file.ts';

/** A file by its name, and by what tells it from another one of that name. */
export type MarkedFile = { name: string; mark: string };

/** Over which files of a folder processes died, counted on the disk: who dies writes nothing any more. */
export type BegunFiles = {
  /** A file is worked on from now on; over how many times before a process died. */
  begin: (file: MarkedFile) => Promise<number>;
  /** This process does not die over it: before it, so many have. */
  survive: (file: MarkedFile, deaths: number) => Promise<void>;
};

/** `folder`: has a file of the same name for each that was begun, and in it how often, and which file it was. */
export function begunFilesIn(folder: string): BegunFiles {
  const write = ({ name, mark }: MarkedFile, count: number) => writeWholeFile(join(folder, name), `${count} ${mark}`);
  return {
    async begin(file) {
      const deaths = await readCount(join(folder, file.name), file.mark);
      await write(file, deaths + 1);
      return deaths;
    },
    survive: (file, deaths) => (deaths === 0 ? rm(join(folder, file.name), { force: true }) : write(file, deaths)),
  };
}

/** What was counted of another file of this name is nothing to this one. */
async function readCount(path: string, mark: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  const [, count, of] = /^(\d{1,6}) (.*)$/.exec(text) ?? [];
  return of === mark ? Number(count) : 0;
}
