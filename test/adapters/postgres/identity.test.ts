import { spawnSync } from 'node:child_process';
import { access, chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RUN } from '../../../src/build/places.js';
import { prepareBinaries } from '../../../src/adapters/postgres/binaries.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { ask, hold, killed } from './bystander.ts';

const SOMEBODY = { uid: 12_345, gid: 12_345 };
const HOLDER = fileURLToPath(new URL('holder.ts', import.meta.url));
const AS_SOMEBODY = { ...SOMEBODY, input: '', encoding: 'utf8', env: { ...process.env, HOME: '/nonexistent' } } as const;
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

function isRepositoryReadable(): boolean {
  const repository = fileURLToPath(new URL('../../../package.json', import.meta.url));
  return spawnSync('test', ['-r', repository], SOMEBODY).status === 0;
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
    await expect(startEmbeddedPostgres(folder, forbidden)).rejects.toThrow(/^DATA_DIR: .* там их больше нет: верните ту папку/);
  });

  test('where namespaces are forbidden and the folder is open, the data stay in it, and others may only pass through', async () => {
    await chmod(room, 0o755);
    const server = await startEmbeddedPostgres(folder, {
      elsewhere: outside,
      namespaces: () => false,
      fsync: false,
    });
    expect(await keepOneMore(server)).toBe(1);
    await access(path.join(folder, 'postgres/PG_VERSION'));
    expect((await stat(folder)).mode & 0o777).toBe(0o711);
    await chmod(folder, 0o755);
    expect(
      await keepOneMore(await startEmbeddedPostgres(folder, { elsewhere: outside, namespaces: () => false, fsync: false })),
    ).toBe(2);
    expect((await stat(folder)).mode & 0o777).toBe(0o711);
  });

  // 65534 is `nobody`, whom services run as, and whom we run the server as where namespaces are forbidden.
  test.each([[SOMEBODY], [{ uid: 65_534, gid: 65_534 }]])('in a folder of $uid all that it makes is his', async (owner) => {
    await chmod(room, 0o711);
    await mkdir(folder, { mode: 0o755 });
    await chown(folder, owner.uid, owner.gid);
    for (const namespaces of [() => true, () => false]) {
      if (owner === SOMEBODY && !namespaces()) continue;
      await keepOneMore(await startEmbeddedPostgres(folder, { fsync: false, namespaces, elsewhere: outside }));
      for (const name of ['.', 'postgres', 'postgres/PG_VERSION', 'postgres/base', 'postgres.json'])
        expect(await stat(path.join(folder, name)), name).toMatchObject(owner);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    }
  });

  test('what root’s server of an older release took for itself in a folder of somebody’s is his again', async () => {
    await chmod(room, 0o711);
    expect(await keepOneMore(await startEmbeddedPostgres(folder, { fsync: false }))).toBe(1);
    expect(await stat(path.join(folder, 'postgres'))).toMatchObject({ uid: 0 });
    await chown(folder, 65_534, 65_534);
    expect(await keepOneMore(await startEmbeddedPostgres(folder, { fsync: false }))).toBe(2);
    for (const name of ['postgres', 'postgres/PG_VERSION', 'postgres/base', 'postgres.json'])
      expect(await stat(path.join(folder, name)), name).toMatchObject({ uid: 65_534, gid: 65_534 });
  });

  test('who may not look into the folder is told whose it is, and nothing in it changes', async ({ skip }) => {
    if (!isRepositoryReadable()) skip('the repository lies where other users cannot read it');
    await chmod(room, 0o711);
    expect(await keepOneMore(await startEmbeddedPostgres(folder, { fsync: false }))).toBe(1);
    const heard = (data: string) => spawnSync(process.execPath, [RUN, HOLDER, data], AS_SOMEBODY).stderr;
    const said = () => heard(folder);
    expect(said()).toMatch(
      /DATA_DIR: .* нельзя прочитать \(EACCES\): это принадлежит root, а запускает uid 12345: запустите от имени root или отдайте/,
    );
    // Nothing is there yet, and it may not be made.
    const empty = path.join(room, 'empty');
    await mkdir(empty);
    expect(heard(empty)).toMatch(/DATA_DIR: .*empty нельзя изменить \(EACCES\): это принадлежит root, а запускает uid 12345/);
    expect(await readdir(empty)).toEqual([]);
    // Passable, but the cluster is closed.
    await chmod(folder, 0o755);
    await chmod(path.join(folder, 'postgres.json'), 0o644);
    expect(said()).toMatch(/postgres.* нельзя прочитать \(EACCES\): это принадлежит root/);
    expect(await keepOneMore(await startEmbeddedPostgres(folder, { fsync: false }))).toBe(2);
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
    if (!isRepositoryReadable()) skip('the repository lies where other users cannot read it');
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
