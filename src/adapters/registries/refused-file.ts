import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { KeptRows, RefusedRows } from '../../office/edges.ts';
import { isUnwritten, whyUnremoved } from '../file-error.ts';
import { createPrivateFile } from '../private-files.ts';

/** Writes the lines aside, `FILE.refused.csv.part`, whole or not at all; kept, they are `FILE.refused.csv`, which is removed where there are none. */
export async function writeRefused(path: string, lines: AsyncIterable<string> | undefined): Promise<RefusedRows> {
  const place = `${path}.refused.csv`;
  const aside = `${place}.part`;
  if (lines === undefined) {
    return {
      async keep(): Promise<KeptRows> {
        try {
          await Promise.all([place, aside].map((each) => rm(each, { force: true })));
          return {};
        } catch (error) {
          return { problem: `отклонённых строк нет, а прежний ${place} убрать не удалось: ${whyUnremoved(error)}` };
        }
      },
    };
  }
  // What an import that was cut short has left.
  await rm(aside, { force: true });
  const file = await createPrivateFile(aside);
  try {
    await pipeline(Readable.from(lines), file.createWriteStream());
  } catch (error) {
    // Half of them are of no use, and may be what fills the disk.
    await rm(aside, { force: true });
    throw isUnwritten(error) ? Object.assign(error as Error, { path: place }) : error;
  }
  return {
    async keep(): Promise<KeptRows> {
      try {
        await rename(aside, place);
        return { path: place };
      } catch (error) {
        return { path: aside, problem: `прежний ${place} заменить не удалось: ${whyUnremoved(error)}` };
      }
    },
  };
}
