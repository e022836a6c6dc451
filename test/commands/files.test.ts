import { spawnSync } from 'node:child_process';
import { chmod, chown, lstat, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { sandboxSecretKey } from '../../src/adapters/secret-key.ts';
import { whyFailed } from '../../src/commands/kit/give-up.ts';
import { ask, hold, killed } from '../adapters/postgres/bystander.ts';
import { runCommand, spawnCommand } from '../kit/command.ts';
import * as make from '../kit/make.ts';
import { passableFolder } from '../kit/passable-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import { fillDisk, MAY_MOUNT, onSmallDisk } from '../kit/small-disk.ts';

let folder: string;
beforeEach(async () => {
  folder = await passableFolder('command-files-');
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));

const ACCOUNTS = 'ЛС;ФИО;Адрес\n0010001;Иванов;Лесная, 1\nнет;Петров;Лесная, 2\n';
const modeOf = async (path: string) => ((await lstat(path)).mode & 0o777).toString(8);

async function openTown() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  return { db, settings: { DATABASE_URL: url } };
}

describe('what import is given', () => {
  test.each<[string, (path: string) => unknown, RegExp]>([
    ['a pipe', (path) => spawnSync('mkfifo', [path]), /это не обычный файл/],
    ['a device', (path) => spawnSync('ln', ['-s', '/dev/zero', path]), /это не обычный файл/],
    ['what never ends', (path) => spawnSync('ln', ['-s', '/dev/tty', path]), /это не обычный файл|не читается/],
    ['a folder', (path) => mkdir(path), /это папка/],
  ])('%s is refused in a sentence, at once', async (_, make, sentence) => {
    const { settings } = await openTown();
    const path = join(folder, 'a.csv');
    await make(path);
    const { code, out, err } = await runCommand('import', [path], settings);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err).toContain('Ничего не загружено.');
  });

  test('a link of the operator’s own is followed', async () => {
    const { db, settings } = await openTown();
    await writeFile(join(folder, 'real.csv'), ACCOUNTS);
    spawnSync('ln', ['-s', 'real.csv', join(folder, 'link.csv')]);
    expect(await runCommand('import', [join(folder, 'link.csv')], settings)).toMatchObject({ code: 1, err: '' });
    expect(await db.selectFrom('accounts').select('number').execute()).toHaveLength(1);
  });
});

test('refused rows, exports and sheets are their owner’s alone, whatever the umask', async () => {
  const { settings } = await openTown();
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  const file = join(folder, 'a.csv');
  await writeFile(file, ACCOUNTS);
  await runCommand('import', [file], settings);
  for (const [command, args] of [
    ['export', ['readings', '--out', join(folder, 'readings.csv')]],
    ['export', ['requests', '--out', join(folder, 'requests.xlsx')]],
    ['qr', ['--bot', 'inkomus_bot', join(folder, 'sheets.pdf')]],
  ] as const)
    expect(await runCommand(command, [...args], settings)).toMatchObject({ code: 0 });
  const names = (await readdir(folder)).filter((name) => name !== 'a.csv').sort();
  expect(names).toEqual(['a.csv.refused.csv', 'readings.csv', 'requests.xlsx', 'sheets.pdf']);
  for (const name of names) expect(await modeOf(join(folder, name)), name).toBe('600');
});

test('an export never takes the place of a device', async () => {
  const { settings } = await openTown();
  const told = await runCommand('export', ['readings', '--out', '/dev/null'], settings);
  expect(told).toMatchObject({
    code: 2,
    err: expect.stringMatching(/\/dev\/null: это не обычный файл: назовите другое место/) as string,
  });
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

const FULL = 'на диске нет места: освободите его';

test.skipIf(!MAY_MOUNT)(
  'a full disk is said to be full, with the file that it did not take, and nothing half is left on it',
  async () => {
    const { db, settings } = await openTown();
    const bot = { ...settings, BOT_TOKEN: '4711:x' };
    await make.account(db, { number: '0012345' });
    const disk = join(folder, 'disk');
    await mkdir(disk);
    await onSmallDisk(disk, async () => {
      const registry = join(disk, 'a.csv');
      await writeFile(registry, ACCOUNTS);
      await fillDisk(disk);
      const out = (name: string) => join(disk, name);
      for (const [command, args, told] of [
        ['backup', [out('x.backup')], `Копия не записана: ${out('x.backup')}: ${FULL}.`],
        ['export', ['payments', '--out', out('p.csv')], `Не получилось: ${out('p.csv')}: ${FULL}. Ничего не помечено`],
        ['export', ['requests', '--out', out('r.xlsx')], `Не получилось: ${out('r.xlsx')}: ${FULL}.`],
        ['person', ['export', '--account', '0012345', '--out', out('p.json')], `Не получилось: ${out('p.json')}: ${FULL}.`],
        ['qr', ['--bot', 'inkomus_bot', out('q.pdf')], `Не получилось: ${out('q.pdf')}: ${FULL}.`],
        ['import', [registry], `Загрузка прервана: ${registry}.refused.csv: ${FULL}. Файл, на котором`],
      ] as const) {
        const { code, err } = await runCommand(command, [...args], bot);
        expect(err, command).toContain(told);
        expect(code, command).toBe(2);
      }
      expect((await readdir(disk)).sort()).toEqual(['a.csv', 'filled']);
    });
    expect(await db.selectFrom('accounts').select('number').execute()).toEqual([{ number: '0012345' }]);
  },
);

test('a standard output that is full is said to be; what the database’s neighbours say is not taken for a disk’s word', async () => {
  const full = await open('/dev/full', 'w');
  const error: unknown = await full.writeFile('данные').catch((met: unknown) => met);
  await full.close();
  expect(whyFailed(error)).toBe(FULL);
  expect(whyFailed(Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' }))).toMatch(
    /^EPIPE; .*DATABASE_URL/,
  );
});

describe.runIf(process.getuid?.() === 0)('root’s commands on data of a service that is stopped', () => {
  const NOBODY = { uid: 65_534, gid: 65_534 };

  test('leave them to their owner, whose service starts afterwards', async ({ skip }) => {
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    await chown(dataDir, NOBODY.uid, NOBODY.gid);
    const first = await hold(dataDir, NOBODY).catch(() => skip('the repository lies where other users cannot read it'));
    await ask(first.url, 'create table kept (a int); insert into kept values (1)');
    await killed(first.child);

    const bot = { DATA_DIR: dataDir, BOT_TOKEN: '4711:x', SECRET_KEY: 'ab'.repeat(32) };
    const file = join(dataDir, 'accounts.csv');
    await writeFile(file, ACCOUNTS);
    await chmod(file, 0o644);
    expect(await spawnCommand('import', [file], bot)).toMatchObject({ code: 1, err: '' });
    expect(await spawnCommand('export', ['readings', '--out', join(dataDir, 'out.csv')], bot)).toMatchObject({ code: 0 });
    const theirs = (await readdir(dataDir, { recursive: true })).filter((name) => name !== 'accounts.csv');
    expect(theirs.length).toBeGreaterThan(100);
    for (const name of theirs) {
      const { uid } = await lstat(join(dataDir, name));
      expect(uid, name).toBe(NOBODY.uid);
    }
    expect(await readFile(join(dataDir, 'accounts.csv.refused.csv'), 'utf8')).toContain('Петров');

    const again = await hold(dataDir, NOBODY);
    expect(await ask(again.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1 }]);
    expect(await ask(again.url, 'select number from accounts')).toEqual([{ number: '0010001' }]);
    await killed(again.child);
  }, 300_000);

  test('and so does a sandbox’s in that folder', async () => {
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    await chown(dataDir, NOBODY.uid, NOBODY.gid);
    expect(await spawnCommand('export', ['readings'], { DATA_DIR: dataDir })).toMatchObject({ code: 0 });
    await sandboxSecretKey(join(dataDir, 'sandbox'));
    for (const name of [
      'sandbox',
      'sandbox/postgres',
      'sandbox/postgres/PG_VERSION',
      'sandbox/postgres.json',
      'sandbox/secret.key',
    ])
      expect(await stat(join(dataDir, name)), name).toMatchObject(NOBODY);
  }, 300_000);
});
