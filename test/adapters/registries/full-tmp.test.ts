import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRegistry } from '../../../src/adapters/registries/file.ts';
import { sentRegistries } from '../../../src/adapters/registries/sent-file.ts';
import { fillDisk, MAY_MOUNT, onSmallDisk } from '../../kit/small-disk.ts';
import { workbook } from '../../kit/workbook.ts';
import { openWatchedFolder } from './folder/watched-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'full-tmp-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** While `work` goes on, temporary files find no room; `clear` makes some. */
async function onFullTmp(work: (clear: () => Promise<void>) => Promise<void>): Promise<void> {
  const before = process.env['TMPDIR'];
  await onSmallDisk(folder, async () => {
    await fillDisk(folder);
    process.env['TMPDIR'] = folder;
    try {
      await work(() => rm(join(folder, 'filled')));
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
}

const BOOK = workbook({
  rows: [
    ['ЛС', 'ФИО', 'Адрес'],
    ['0010001', 'Иванов Иван', 'ул. Лесная, д. 1'],
  ],
});
const NO_ROOM = /на диске нет места для временного файла: освободите его и повторите$/;

describe.skipIf(!MAY_MOUNT)('a workbook, which wants a temporary file, while there is no room for one', () => {
  test('waits in the folder until there is', async () => {
    const at = await openWatchedFolder();
    try {
      const watched = await at.open();
      await writeFile(at.within('in', 'accounts.xlsx'), BOOK);
      await onFullTmp(async (clear) => {
        await watched.look();
        expect(at.warned).toEqual(['a registry from the folder could not be taken in; it is tried again']);
        expect(await at.told()).toEqual([]);
        await clear();
        at.passedSeconds = 200;
        await watched.look();
      });
      expect(await at.accounts()).toEqual([{ number: '0010001' }]);
      expect(await at.names('refused')).toEqual([]);
    } finally {
      await at.desk.close();
    }
  });

  test('is tried again where it came through the chat, and the command says why', async () => {
    const path = join(folder, 'accounts.xlsx');
    await onFullTmp(async (clear) => {
      await clear();
      await writeFile(path, BOOK);
      await fillDisk(folder);
      await expect(openRegistry(path)).rejects.toThrow(NO_ROOM);

      const sent = sentRegistries(async (_, to) => {
        await rm(join(folder, 'filled'));
        await writeFile(to, BOOK);
        await fillDisk(folder);
        return { outcome: 'fetched', sha256: '' };
      }, []);
      const asked = { handle: 'f', name: 'accounts.xlsx', layout: undefined };
      await expect(sent(asked, async ({ outcome }) => outcome)).rejects.toThrow(NO_ROOM);
      expect((await readdir(folder)).sort()).toEqual(['accounts.xlsx', 'filled']);
    });
  });
});
