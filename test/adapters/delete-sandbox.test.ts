import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DataRefused, deleteSandbox, endDeletion } from '../../src/adapters/data-owner.ts';
import { setOrphanAside } from '../../src/adapters/postgres/data-folder.ts';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { ask } from './postgres/bystander.ts';

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

test('what a deletion that was cut short has left is deleted at the next start, whatever is left; nothing else is', async () => {
  const folder = await folderOf('sandbox', ['being-deleted', 'secret.key', 'postgres/PG_VERSION']);
  await endDeletion(folder);
  expect(await readdir(folder)).toEqual([]);
  await endDeletion(folder);
  const whole = await folderOf('sandbox', ['journal.jsonl', 'secret.key']);
  await endDeletion(whole);
  expect((await readdir(whole)).sort()).toEqual(['journal.jsonl', 'postgres', 'secret.key']);
  await endDeletion(join(whole, 'missing'));
});

/** What root's data of a folder are called where the server's user cannot reach it. */
const nameElsewhere = (folder: string) => `data-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;

async function elsewhereOf(folder: string, name: string): Promise<{ elsewhere: string; data: string }> {
  const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
  const data = join(elsewhere, name);
  await mkdir(data);
  await writeFile(join(data, 'PG_VERSION'), '18');
  await writeFile(join(folder, 'postgres.json'), JSON.stringify({ data }));
  return { elsewhere, data };
}

test('its database goes, too, where it lies elsewhere; a note that names a place of another name does no harm', async () => {
  const folder = await realpath(await folderOf('sandbox', ['journal.jsonl']));
  const { elsewhere } = await elsewhereOf(folder, nameElsewhere(folder));
  await deleteSandbox(folder);
  expect([await readdir(folder), await readdir(elsewhere)]).toEqual([[], []]);

  const other = await realpath(await folderOf('sandbox', ['journal.jsonl']));
  const foreign = await elsewhereOf(other, nameElsewhere(folder));
  await deleteSandbox(other);
  expect(await readdir(foreign.elsewhere)).toEqual([nameElsewhere(folder)]);
});

test('data elsewhere of a folder that was deleted by hand are set aside; those that a note in the folder names are not', async () => {
  const folder = await realpath(await folderOf('sandbox', []));
  const { elsewhere, data } = await elsewhereOf(folder, nameElsewhere(folder));
  expect(await setOrphanAside(folder, elsewhere)).toBeUndefined();
  await rm(folder, { recursive: true });
  const aside = await setOrphanAside(folder, elsewhere);
  expect(aside?.from).toBe(data);
  expect(await readdir(elsewhere)).toEqual([aside?.to.slice(elsewhere.length + 1)]);
  expect(await setOrphanAside(folder, elsewhere)).toBeUndefined();
});

// As an ordinary user Postgres runs in the folder itself.
test.runIf(process.getuid?.() === 0)(
  'below a closed folder, where namespaces are forbidden, another town begins all the same',
  async () => {
    const folder = await folderOf('sandbox', ['journal.jsonl']);
    await rm(join(folder, 'postgres'), { recursive: true });
    await chmod(join(folder, '..'), 0o700);
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    await chmod(elsewhere, 0o755);
    const start = () => startEmbeddedPostgres(folder, { elsewhere, namespaces: () => false, fsync: false });
    const first = await start();
    await ask(first.url, 'create table kept (a int)');
    await first.stop();
    await deleteSandbox(folder);
    const second = await start();
    expect(await ask(second.url, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
    await second.stop();
  },
);

test.each([
  ['data', ['journal.jsonl', 'secret.key']],
  ['sandbox', ['secret.key']],
])('nothing of a folder %s with %j is deleted: it is no sandbox’s', async (name, files) => {
  const folder = await folderOf(name, files);
  await expect(deleteSandbox(folder)).rejects.toThrow(DataRefused);
  expect((await readdir(folder)).sort()).toEqual([...files, 'postgres'].sort());
});
