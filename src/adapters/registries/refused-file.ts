import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RefusedRows } from '../../office/edges.ts';
import { createPrivateFile } from '../private-files.ts';

/** Writes the lines aside, `FILE.refused.csv.part`; kept, they are `FILE.refused.csv`, which is removed where there are none. */
export async function writeRefused(path: string, lines: AsyncIterable<string> | undefined): Promise<RefusedRows> {
  const place = `${path}.refused.csv`;
  const aside = `${place}.part`;
  if (lines === undefined) {
    return {
      drop: async () => {},
      async keep() {
        await Promise.all([place, aside].map((each) => rm(each, { force: true })));
        return undefined;
      },
    };
  }
  // What an import that was cut short has left.
  await rm(aside, { force: true });
  await pipeline(Readable.from(lines), (await createPrivateFile(aside)).createWriteStream());
  return {
    drop: () => rm(aside, { force: true }),
    async keep() {
      await rename(aside, place);
      return place;
    },
  };
}
