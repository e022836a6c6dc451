import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, type WatchedFolder } from './watched-folder.ts';

let at: WatchedFolder;
beforeEach(async () => {
  at = await openWatchedFolder();
});
afterEach(() => at.desk.close());

describe('what is no regular file is never opened: it goes to refused, staff are told, and the others are taken', () => {
  const kinds: Record<string, (path: string) => unknown> = {
    'a link to a file': async (path) => {
      await writeFile(join(at.desk.folder, 'secret.csv'), `${ACCOUNTS.join('\n')}\n`);
      await symlink(join(at.desk.folder, 'secret.csv'), path);
    },
    'a link to nothing': (path) => symlink('nowhere', path),
    'a link to a device': (path) => symlink('/dev/zero', path),
    'a link to what never ends': (path) => symlink('/proc/kmsg', path),
    'a link to itself': (path) => symlink(basename(path), path),
    'a pipe': (path) => spawnSync('mkfifo', [path]),
    'a folder': async (path) => {
      await mkdir(path);
      await writeFile(join(path, 'accounts.csv'), 'ЛС\n');
    },
    'a socket': async (path) => {
      const server = createServer().listen(path);
      await once(server, 'listening');
      onTestFinished(() => void server.close());
    },
  };

  test.each(Object.entries(kinds))('%s', async (_, put_) => {
    const folder = await at.open();
    await put_(at.within('in', 'evil.csv'));
    await at.put('accounts.csv', ACCOUNTS);
    await folder.look();
    expect(await at.names('in')).toEqual([]);
    expect(await at.names('taking')).toEqual([]);
    expect(await at.names('refused')).toEqual([expect.stringMatching(/-evil\.csv$/)]);
    expect(await at.told()).toMatchObject([
      {
        text: 'staff-registry-unread',
        words: { name: 'evil.csv', why: expect.stringMatching(/^это (ссылка|не обычный файл|папка)/) as string },
      },
      { text: 'staff-registry-taken', words: { name: 'accounts.csv', new: 2 } },
    ]);
    expect(at.warned).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)('a device', async ({ skip }) => {
    const folder = await at.open();
    // Memory that reads as zeros without end.
    if (spawnSync('mknod', [at.within('in', 'evil.csv'), 'c', '1', '5']).status !== 0) skip('this root may not make devices');
    await folder.look();
    expect(await at.told()).toMatchObject([
      { text: 'staff-registry-unread', words: { why: expect.stringMatching(/^это не обычный файл/) as string } },
    ]);
  });
});
