import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DataRefused, deleteSandbox } from '../../src/adapters/data-owner.ts';

async function folderOf(name: string, files: readonly string[]): Promise<string> {
  const around = await mkdtemp(join(tmpdir(), 'delete-sandbox-'));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  await writeFile(join(around, 'beside'), 'a bot’s data');
  await mkdir(join(around, name, 'postgres'), { recursive: true });
  for (const file of files) await writeFile(join(around, name, file), '');
  return join(around, name);
}

test('all that a sandbox keeps goes, its folder and what lies beside it stay', async () => {
  const folder = await folderOf('sandbox', ['journal.jsonl', 'secret.key', 'postgres/PG_VERSION']);
  await deleteSandbox(folder);
  expect(await readdir(folder)).toEqual([]);
  expect((await readdir(join(folder, '..'))).sort()).toEqual(['beside', 'sandbox']);
});

test('what a deletion that was cut short has left is deleted as well: the journal goes last', async () => {
  const folder = await folderOf('sandbox', ['journal.jsonl']);
  await rm(join(folder, 'postgres'), { recursive: true });
  await deleteSandbox(folder);
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  ['data', ['journal.jsonl', 'secret.key']],
  ['sandbox', ['secret.key']],
])('nothing of a folder %s with %j is deleted: it is no sandbox’s', async (name, files) => {
  const folder = await folderOf(name, files);
  await expect(deleteSandbox(folder)).rejects.toThrow(DataRefused);
  expect((await readdir(folder)).sort()).toEqual([...files, 'postgres'].sort());
});
