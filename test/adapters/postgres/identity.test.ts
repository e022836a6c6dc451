import { spawnSync } from 'node:child_process';
import { access, chmod, chown, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareBinaries } from '../../../src/adapters/postgres/binaries.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { ask, hold, killed } from './bystander.ts';

const SOMEBODY = { uid: 12_345, gid: 12_345 };
const isRoot = process.getuid?.() === 0;
let room: string;
let folder: string;
let outside: string;

beforeEach(async () => {
  room = await mkdtemp(path.join(tmpdir(), 'identity-'));
  outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
  await chmod(outside, 0o755);
  folder = path.join(room, 'data');
});
afterEach(async () => {
  // A server whose owner was killed may still be on its way out.
  await Promise.all([room, outside].map((each) => rm(each, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })));
});

async function keepOneMore(server: EmbeddedPostgres): Promise<unknown> {
  await ask(server.url, 'create table if not exists kept (a int); insert into kept values (1)');
  const [row] = await ask(server.url, 'select count(*)::int as n from kept');
  await server.stop();
  return row?.['n'];
}

// Ordinary users run the other tests of this folder as themselves.
describe.runIf(isRoot)('started by root', () => {
  test('where namespaces are forbidden and the folder is closed, the data lie elsewhere and are found again', async () => {
    // Like a home under /root: nobody but root may enter.
    await chmod(room, 0o700);
    const forbidden = { elsewhere: outside, namespaces: () => false, fsync: false };
    expect(await keepOneMore(await startEmbeddedPostgres(folder, forbidden))).toBe(1);
    expect(await keepOneMore(await startEmbeddedPostgres(folder, forbidden))).toBe(2);
    const note = JSON.parse(await readFile(path.join(folder, 'postgres.json'), 'utf8')) as { data: string };
    expect(path.dirname(note.data)).toBe(outside);
    expect(await stat(note.data)).toMatchObject({ uid: 65_534, mode: 0o40700 });
    // A machine that allows namespaces goes on with the same data.
    expect(await keepOneMore(await startEmbeddedPostgres(folder, { elsewhere: outside, fsync: false }))).toBe(3);

    await rm(note.data, { recursive: true });
    await expect(startEmbeddedPostgres(folder, forbidden)).rejects.toThrow(/are no longer there: bring that folder back/);
  });

  test('where namespaces are forbidden and the folder is open, the data stay in it', async () => {
    await chmod(room, 0o755);
    const server = await startEmbeddedPostgres(folder, {
      elsewhere: outside,
      namespaces: () => false,
      fsync: false,
    });
    expect(await keepOneMore(server)).toBe(1);
    await access(path.join(folder, 'postgres/PG_VERSION'));
  });

  test('programs that the other user cannot reach are copied once, whole, for root alone to change', async () => {
    const closed = { prefix: ['sh', '-c', `case "$*" in *${outside}*) exec "$@";; *) exit 1;; esac`, 'sh'] };
    const identity = { ...closed, owner: { uid: 65_534, gid: 65_534 } };
    const [one, other] = await Promise.all([prepareBinaries(identity, outside), prepareBinaries(identity, outside)]);
    expect(one).toEqual(other);
    expect(one.postgres.startsWith(outside)).toBe(true);
    expect(await stat(path.dirname(one.postgres))).toMatchObject({ uid: 0, mode: 0o40755 });
  });

  test('an ordinary user works, and root goes on as that user in his folder', async ({ skip }) => {
    await chown(room, SOMEBODY.uid, SOMEBODY.gid);
    const repository = fileURLToPath(new URL('../../../package.json', import.meta.url));
    const isReadable = spawnSync('test', ['-r', repository], SOMEBODY).status === 0;
    if (!isReadable) skip('the repository lies where other users cannot read it');
    const holder = await hold(folder, SOMEBODY);
    await ask(holder.url, 'create table kept (a int); insert into kept values (1)');
    await killed(holder.child);
    expect(await keepOneMore(await startEmbeddedPostgres(folder, { fsync: false }))).toBe(2);
    expect(await stat(path.join(folder, 'postgres/PG_VERSION'))).toMatchObject(SOMEBODY);
    const again = await hold(folder, SOMEBODY);
    expect(await ask(again.url, 'select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
    await killed(again.child);
  });
});
