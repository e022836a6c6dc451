import { spawnSync } from 'node:child_process';
import { chown, lstat, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { whyUnwritten } from '../../src/adapters/file-error.ts';
import { openRegularFile } from '../../src/adapters/regular-file.ts';
import { writeWholeFile } from '../../src/adapters/whole-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const within = (name: string) => join(folder, name);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error as NodeJS.ErrnoException).code,
  );

describe('a file that is written', () => {
  test('is its owner’s alone, whatever the umask and whatever was there', async () => {
    const umask = process.umask(0);
    onTestFinished(() => void process.umask(umask));
    await writeFile(within('old.csv'), 'старое');
    await writeFile(within('old.csv.part'), 'половина', { mode: 0o666 });
    for (const name of ['new.csv', 'old.csv']) {
      await writeWholeFile(within(name), 'данные');
      expect(await readFile(within(name), 'utf8')).toBe('данные');
      expect((await stat(within(name))).mode & 0o777).toBe(0o600);
    }
  });

  test('is written through a link', async () => {
    await writeFile(within('real.csv'), 'старое');
    await symlink('real.csv', within('link.csv'));
    await writeWholeFile(within('link.csv'), 'данные');
    expect((await lstat(within('link.csv'))).isSymbolicLink()).toBe(true);
    expect(await readFile(within('real.csv'), 'utf8')).toBe('данные');
  });

  test('never takes the place of a pipe, a device or a folder', async () => {
    spawnSync('mkfifo', [within('pipe')]);
    await symlink('/dev/null', within('null'));
    for (const [name, code] of [
      ['pipe', 'EFTYPE'],
      ['null', 'EFTYPE'],
      ['.', 'EISDIR'],
    ] as const) {
      const before = await stat(within(name));
      expect(await codeOf(writeWholeFile(within(name), 'данные'))).toBe(code);
      expect(await stat(within(name))).toMatchObject({ mode: before.mode, ino: before.ino });
      expect(whyUnwritten(Object.assign(new Error(), { code }))).toMatch(/назовите другое место|нужно имя файла/);
    }
  });

  test.runIf(process.getuid?.() === 0)('by root in somebody’s folder, is his', async () => {
    await chown(folder, 12_345, 12_345);
    await writeWholeFile(within('out.csv'), 'данные');
    expect(await stat(within('out.csv'))).toMatchObject({ uid: 12_345, gid: 12_345 });
  });
});

describe('a file that is read', () => {
  test('may be named by a link of the operator’s, and not where others put files', async () => {
    await writeFile(within('real.csv'), 'данные');
    await symlink('real.csv', within('link.csv'));
    const opened = await openRegularFile(within('link.csv'));
    expect(await opened.readFile('utf8')).toBe('данные');
    await opened.close();
    expect(await codeOf(openRegularFile(within('link.csv'), 'refused'))).toBe('ELOOP');
  });

  test('pipes, devices and folders are not waited for', async () => {
    spawnSync('mkfifo', [within('pipe')]);
    await symlink('/dev/zero', within('zero'));
    expect(await codeOf(openRegularFile(within('pipe')))).toBe('EFTYPE');
    expect(await codeOf(openRegularFile(within('zero')))).toBe('EFTYPE');
    expect(await codeOf(openRegularFile(folder))).toBe('EISDIR');
  });
});
