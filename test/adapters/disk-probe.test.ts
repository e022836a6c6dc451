import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { probeDisk } from '../../src/adapters/disk-probe.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkomus-disk-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a folder that can be written to is left as it was', async () => {
  await Promise.all([probeDisk(folder), probeDisk(folder)]);
  expect(await readdir(folder)).toEqual([]);
});

test('one that is gone', async () => {
  await expect(probeDisk(join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
});

const mayMount = (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

test.skipIf(!mayMount)('a disk that is full, and one with room again', async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  try {
    await probeDisk(folder);
    await writeFile(join(folder, 'filled'), Buffer.alloc(60_000)).catch(() => undefined);
    await expect(probeDisk(folder)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readdir(folder)).toEqual(['filled']);
    await rm(join(folder, 'filled'));
    await probeDisk(folder);
  } finally {
    execFileSync('umount', [folder]);
  }
});
