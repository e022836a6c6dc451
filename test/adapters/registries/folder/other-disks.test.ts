import { appendFile, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moveFile } from '../../../../src/adapters/move-file.ts';
import { folderOnOtherDisk, HAS_OTHER_DISK } from '../../../kit/other-disk.ts';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, PAYMENTS, type WatchedFolder } from './watched-folder.ts';

describe.skipIf(!HAS_OTHER_DISK)('rooms of the folder that lie on other disks', () => {
  let at: WatchedFolder;
  let elsewhere: string;
  beforeEach(async () => {
    [at, elsewhere] = await Promise.all([openWatchedFolder(), folderOnOtherDisk()]);
    await mkdir(at.within('in', '..'));
  });
  afterEach(async () => {
    await at.desk.close();
    await rm(elsewhere, { recursive: true, force: true });
  });

  async function moveOut(...rooms: readonly ('in' | 'done' | 'refused')[]): Promise<void> {
    for (const room of rooms) {
      await mkdir(join(elsewhere, room));
      await symlink(join(elsewhere, room), at.within(room));
    }
  }

  test.each([[['in']], [['done', 'refused']], [['in', 'done', 'refused']]] as const)(
    '%j: files are taken and put away',
    async (rooms) => {
      await moveOut(...rooms);
      const folder = await at.open();
      await at.put('1-payments.csv', PAYMENTS);
      await at.put('2-accounts.csv', ACCOUNTS);
      await at.put('notes.csv', ['список дел']);
      await folder.look();
      await folder.look();
      expect([await at.names('in'), await at.names('taking')]).toEqual([[], []]);
      expect(await at.formerNames('done')).toEqual(['1-payments.csv', '2-accounts.csv']);
      expect(await at.formerNames('refused')).toEqual(['1-payments.csv.refused.csv', 'notes.csv']);
      expect((await at.told()).map(({ text }) => text)).toEqual([
        'staff-registry-unread',
        'staff-registry-taken',
        'staff-registry-taken',
      ]);
      const payments = at.within(
        'done',
        (await at.names('done')).find((name) => name.endsWith('-1-payments.csv')),
      );
      expect(await readFile(payments, 'utf8')).toBe(`${PAYMENTS.join('\n')}\n`);
      expect((await stat(payments)).mode & 0o777).toBe(0o600);
      expect(at.warned).toEqual([]);
    },
  );

  test('what cannot be taken away from there is told, once', async () => {
    await moveOut('in');
    const folder = await at.open();
    await symlink('/dev/zero', at.within('in', 'evil.csv'));
    for (let looks = 0; looks < 30; looks += 1) {
      await folder.look();
      at.passedSeconds += 660;
    }
    expect(await at.told()).toMatchObject([{ text: 'staff-registry-stuck', words: { name: 'evil.csv', why: 'это ссылка' } }]);
    expect(await at.names('in')).toEqual(['evil.csv']);
  });

  test('a copy that broke off with its process is none', async () => {
    await moveOut('in');
    await mkdir(at.within('taking'));
    await at.put('accounts.csv.part', ACCOUNTS.slice(0, 2), 'taking');
    await at.put('accounts.csv', ACCOUNTS);
    await (await at.open()).look();
    expect(await at.accounts()).toHaveLength(2);
    expect([await at.names('in'), await at.names('taking')]).toEqual([[], []]);
  });

  test('a file that is moved there is as old as it was, and replaces what has its name', async () => {
    const [from, to] = [join(at.desk.folder, 'a.csv'), join(elsewhere, 'b.csv')];
    const before = new Date('2026-11-01T10:20:30.456Z');
    await writeFile(from, 'данные');
    await utimes(from, before, before);
    await writeFile(to, 'старое');
    await writeFile(`${to}.part`, 'половина');
    await moveFile(from, to);
    expect(await readFile(to, 'utf8')).toBe('данные');
    expect(Math.round((await stat(to)).mtimeMs)).toBe(before.getTime());
    await expect(stat(from)).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(stat(`${to}.part`)).rejects.toMatchObject({ code: 'ENOENT' });
    await appendFile(to, ' и ещё');
    await moveFile(to, from);
    expect(await readFile(from, 'utf8')).toBe('данные и ещё');
  });

  test('what takes long is done before the last step, and nothing is changed where that fails', async () => {
    const [from, to] = [join(at.desk.folder, 'a.csv'), join(elsewhere, 'b.csv')];
    await writeFile(from, 'данные');
    const seen: string[][] = [];
    const failing = moveFile(from, to, async (move) => {
      seen.push(await readdir(elsewhere));
      if (seen.length > 1) throw new Error('the database is away');
      await move();
    });
    await expect(failing).rejects.toThrow('the database is away');
    expect(seen).toEqual([[], ['b.csv.part']]);
    expect(await readdir(elsewhere)).toEqual([]);
    expect(await readFile(from, 'utf8')).toBe('данные');
    await moveFile(from, to, (move) => move());
    expect(await readdir(elsewhere)).toEqual(['b.csv']);
    await expect(stat(from)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
