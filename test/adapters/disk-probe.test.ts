import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { probeDisk, probeDiskOf } from '../../src/adapters/disk-probe.ts';
import { fillDisk, MAY_MOUNT, onSmallDisk } from '../kit/small-disk.ts';

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
  // That is nothing of the disk.
  await probeDiskOf(join(folder, 'gone'));
});

test.skipIf(!MAY_MOUNT)('a disk that is full, and one with room again', () =>
  onSmallDisk(folder, async () => {
    await probeDisk(folder);
    await fillDisk(folder);
    for (const probe of [probeDisk, probeDiskOf]) await expect(probe(folder)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await readdir(folder)).toEqual(['filled']);
    await rm(join(folder, 'filled'));
    await probeDisk(folder);
  }),
);
