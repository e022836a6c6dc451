import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectEmbedded, startEmbeddedPostgres } from '../../../src/adapters/postgres/embedded.ts';
import { passableFolder } from '../../kit/passable-folder.ts';
import { ask, hold, killed, processesWith, spawnHolder } from './bystander.ts';
import { waitFor } from '../../kit/wait-for.ts';

const COUNT = 'select count(*)::int as n from kept';
let room: string;
let folder: string;

beforeEach(async () => {
  room = await passableFolder('embedded-');
  folder = path.join(room, 'data');
});
afterEach(async () => {
  // A server whose owner was killed may still be on its way out.
  await rm(room, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function nothingRuns(): Promise<void> {
  await waitFor(async () => expect(await processesWith(folder)).toBe(0), 50);
}

test('starts within a few seconds, only on a socket that is closed to others, in a folder that is closed too', async () => {
  const server = await startEmbeddedPostgres(folder);
  const [row] = await ask(
    server.url,
    `select current_setting('listen_addresses') as net, current_setting('server_version') as version,
            current_setting('unix_socket_directories') as socket, current_setting('fsync') as fsync`,
  );
  expect(row).toMatchObject({ net: '', fsync: 'on', version: expect.stringMatching(/^18\./) as string });
  expect((await stat(String(row?.['socket']))).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(folder, 'postgres'))).mode & 0o777).toBe(0o700);
  await server.stop();
  await nothingRuns();
  await expect(stat(String(row?.['socket']))).rejects.toThrow('ENOENT');
});

test('of several processes that begin at once one owns the server and all use it', async () => {
  const holders = await Promise.all([1, 2, 3].map(() => hold(folder)));
  try {
    expect(holders.filter(({ owned }) => owned)).toHaveLength(1);
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(
      /^DATA_DIR: папку .* занял другой запущенный бот или команда: остановите/,
    );
  } finally {
    await Promise.all(holders.map(({ child }) => killed(child)));
  }
  await nothingRuns();
});

test('killed at any moment of its first start, it starts the next time', async () => {
  for (const afterMs of [250, 400, 550, 700, 850]) {
    const child = spawnHolder(folder);
    await sleep(afterMs);
    await killed(child);
  }
  const server = await startEmbeddedPostgres(folder, { fsync: false });
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.json']);
  await server.stop();
});

test('a folder that is open to others is closed, whatever the umask; a copy that the operator has made there stays', async () => {
  await mkdir(path.join(folder, 'postgres.new-backup'), { recursive: true });
  await chmod(folder, 0o777);
  const server = await startEmbeddedPostgres(folder, { fsync: false });
  await server.stop();
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(folder, 'postgres.json'))).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.json', 'postgres.new-backup']);
});

test('long paths of the data folder and of the temporary one do not hinder', async () => {
  const long = path.join(room, 'д'.repeat(60), 'p'.repeat(100));
  await mkdir(path.join(long, 'tmp'), { recursive: true });
  vi.stubEnv('TMPDIR', path.join(long, 'tmp'));
  try {
    const server = await startEmbeddedPostgres(path.join(long, 'data'), { fsync: false });
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  } finally {
    vi.unstubAllEnvs();
  }
});

// Made once: how data are begun is no matter of these.
describe('on data that are there', () => {
  const EMPTY = 'drop table if exists kept; create table kept (a int)';
  let used: string;

  beforeAll(async () => {
    used = await passableFolder('embedded-used-');
    await (await startEmbeddedPostgres(path.join(used, 'data'), { fsync: false })).stop();
  });
  beforeEach(() => {
    folder = path.join(used, 'data');
  });
  afterEach(nothingRuns);
  afterAll(() => rm(used, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

  test('kill -9 of the owner leaves no server behind, and the next start has what was committed', async () => {
    const first = await hold(folder);
    await ask(first.url, `${EMPTY}; insert into kept values (1)`);
    expect(await processesWith(folder)).toBeGreaterThan(1);
    await killed(first.child);
    // At once: the old server may still be on its way out.
    const second = await hold(folder);
    expect(second.owned).toBe(true);
    expect(await ask(second.url, COUNT)).toEqual([{ n: 1 }]);
    await killed(second.child);
    await nothingRuns();
  });

  test('a command that has the folder is waited for, and then the server is our own', async () => {
    const command = await hold(folder);
    const waiting = startEmbeddedPostgres(folder, { waitMs: 20_000 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await killed(command.child);
    const server = await waiting;
    expect(server.owned).toBe(true);
    await server.stop();
    await nothingRuns();
  });

  test('a guest that ends leaves the server to its owner', async () => {
    const owner = await hold(folder);
    const guest = await connectEmbedded(folder);
    await ask(guest.url, EMPTY);
    await guest.stop();
    expect(await ask(owner.url, COUNT)).toEqual([{ n: 0 }]);
    await killed(owner.child);
  });

  test('a postmaster.pid left by a power loss, its number now that of another program, does not hinder', async () => {
    await writeFile(
      path.join(folder, 'postgres/postmaster.pid'),
      `${process.pid}\n${folder}/postgres\n1\n5432\n/tmp\n\n\nready\n`,
    );
    const server = await startEmbeddedPostgres(folder, { fsync: false });
    expect(server.owned).toBe(true);
    await server.stop();
  });

  test('it cannot be seen what lies there: nothing is taken for empty', async () => {
    // Any error but «it is not there», for root, too.
    await rename(path.join(folder, 'postgres'), path.join(room, 'base'));
    await symlink('postgres', path.join(folder, 'postgres'));
    await expect(connectEmbedded(folder)).rejects.toThrow(/^DATA_DIR: .*postgres.* нельзя прочитать \(ELOOP\): проверьте права/);
    expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres.json']);
    await unlink(path.join(folder, 'postgres'));
    await rename(path.join(room, 'base'), path.join(folder, 'postgres'));
    await (await startEmbeddedPostgres(folder, { fsync: false })).stop();

    await rename(path.join(folder, 'postgres'), path.join(room, 'base'));
    await writeFile(path.join(folder, 'postgres'), '');
    await expect(connectEmbedded(folder)).rejects.toThrow(/^DATA_DIR: .* нельзя прочитать \(ENOTDIR\)/);
    expect(await readFile(path.join(folder, 'postgres'), 'utf8')).toBe('');
    await unlink(path.join(folder, 'postgres'));
    await rename(path.join(room, 'base'), path.join(folder, 'postgres'));
  });

  test('a server that ends by itself is told of, with what it said', async () => {
    const server = await startEmbeddedPostgres(folder, { fsync: false });
    const told = new Promise<string>((resolve) => {
      server.onExit(resolve);
    });
    const client = ask(
      server.url,
      `copy (select 1) to program 'kill -QUIT $PPID; kill -QUIT $(head -1 ${folder}/postgres/postmaster.pid)'`,
    );
    await client.catch(() => undefined);
    expect(await told).toMatch(/terminat|shut/);
    await server.stop();
  });
});

describe('says what to do when', () => {
  test('the folder cannot be made', async () => {
    await writeFile(folder, '');
    await expect(connectEmbedded(path.join(folder, 'deeper'))).rejects.toThrow(
      /^DATA_DIR: папку нельзя создать \(ENOTDIR\): укажите/,
    );
  });

  test('something else lies there', async () => {
    await mkdir(path.join(folder, 'postgres/photos'), { recursive: true });
    await expect(connectEmbedded(folder)).rejects.toThrow(
      /^DATA_DIR: папка .* не пуста, а данных Postgres в ней нет: уберите её/,
    );
    expect(await readdir(path.join(folder, 'postgres'))).toEqual(['photos']);
  });

  test('the note of where the data are is damaged: no new ones are begun', async () => {
    await mkdir(folder);
    for (const damage of ['', '{"data": "/var/li']) {
      await writeFile(path.join(folder, 'postgres.json'), damage);
      await expect(connectEmbedded(folder)).rejects.toThrow(
        /^DATA_DIR: файл .*postgres\.json повреждён, а в нём записано, где данные: верните/,
      );
    }
    expect(await readdir(folder)).toEqual(['postgres.json']);
    await rm(path.join(folder, 'postgres.json'));
    await (await startEmbeddedPostgres(folder, { fsync: false })).stop();
    // The data are where they always are.
    await writeFile(path.join(folder, 'postgres.json'), '');
    await (await startEmbeddedPostgres(folder, { fsync: false })).stop();
  });

  test('another major version made the data', async () => {
    await mkdir(path.join(folder, 'postgres'), { recursive: true });
    await writeFile(path.join(folder, 'postgres/PG_VERSION'), '15\n');
    await expect(connectEmbedded(folder)).rejects.toThrow(
      /^DATA_DIR: данные в .* от Postgres 15, а это Postgres 18: .*npm run backup/,
    );
  });
});
