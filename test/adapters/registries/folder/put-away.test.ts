import { rmSync } from 'node:fs';
import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RegistryFolder } from '../../../../src/adapters/registries/folder.ts';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, PAYMENTS, type WatchedFolder } from './watched-folder.ts';

let at: WatchedFolder;
beforeEach(async () => {
  at = await openWatchedFolder();
});
afterEach(() => at.desk.close());

test('rooms and files are closed to others, whatever they were and whatever the umask', async () => {
  const umask = process.umask(0);
  onTestFinished(() => void process.umask(umask));
  await mkdir(at.within('done'), { recursive: true });
  const folder = await at.open();
  await at.put('1-payments.csv', PAYMENTS);
  await at.put('2-accounts.csv', ACCOUNTS);
  await folder.look();
  const modes = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  for (const room of ['in', 'taking', 'done', 'refused'] as const) {
    expect(await modes(at.within(room)), room).toBe('700');
    for (const name of await at.names(room)) expect(await modes(at.within(room, name)), name).toBe('600');
  }
  expect(await at.names('refused')).toHaveLength(1);
  expect(await at.names('done')).toHaveLength(2);
});

test('what has been in done and refused for 30 days goes, counted from when it was taken; the log has no name of it', async () => {
  const DAY = 86_400;
  const folder = await at.open();
  await at.put('Иванов И.И.csv', ACCOUNTS);
  await at.put('notes.csv', ['список дел']);
  await mkdir(at.within('in', 'folder'));
  // By hand, from a Windows computer.
  const foreign = Buffer.concat([Buffer.from(`${at.within('done')}/`), iconv.encode('старое.csv', 'win1251')]);
  await writeFile(foreign, 'x');
  await utimes(foreign, new Date(0), new Date(0));
  await folder.forget();
  expect(await at.names('done')).toEqual([]);
  at.informed.length = 0;
  // Made long ago, brought today.
  const longAgo = new Date(Date.now() - 90 * DAY * 1000);
  await utimes(at.within('in', 'Иванов И.И.csv'), longAgo, longAgo);
  await folder.look();
  const all = async () => [...(await at.names('done')), ...(await at.names('refused'))];
  expect(await all()).toHaveLength(3);
  at.passedSeconds = 29.9 * DAY;
  await folder.forget();
  expect(await all()).toHaveLength(3);
  await at.put('late.csv', PAYMENTS);
  await folder.look();
  at.passedSeconds = 30.1 * DAY;
  await folder.forget();
  expect([...(await at.formerNames('done')), ...(await at.formerNames('refused'))]).toEqual(['late.csv', 'late.csv.refused.csv']);
  expect(at.informed).toEqual([
    { room: 'done', deleted: [expect.stringMatching(/^\d{8}-\d{6}-\d{3}$/)] },
    { room: 'refused', deleted: [expect.stringMatching(/^\d{8}-/), expect.stringMatching(/^\d{8}-/)] },
  ]);
  expect(at.warned).toEqual([]);
});

describe('where a file cannot be put away', () => {
  /** A file where the room should be. */
  async function block(room: 'done' | 'refused'): Promise<() => Promise<void>> {
    await rm(at.within(room), { recursive: true });
    await writeFile(at.within(room), '');
    return () => rm(at.within(room));
  }
  const lookOften = async (folder: RegistryFolder) => {
    for (let looks = 0; looks < 30; looks += 1) {
      await folder.look();
      at.passedSeconds += 660;
    }
  };
  const texts = async () => (await at.told()).map(({ text }) => text);
  const imports = () => at.desk.db.selectFrom('registryImports').select('id').execute();

  test.each(['done', 'refused'] as const)('it was taken in once and is told once, and waits for %s', async (room) => {
    await at.desk.take(ACCOUNTS);
    const folder = await at.open();
    const mend = await block(room);
    await at.put('payments.csv', PAYMENTS);
    await lookOften(folder);
    expect(await texts()).toEqual(['staff-registry-taken', 'staff-registry-stuck-taken']);
    expect(await imports()).toHaveLength(2);
    expect(new Set(at.warned)).toEqual(
      new Set(['a registry from the folder was taken in and could not be put away; it is tried again']),
    );

    // Another of its name is another file, and has its turn after it.
    await at.put('payments.csv', [...PAYMENTS.slice(0, 2), '0010002;02.11.2026;50;3']);
    await mend();
    await lookOften(folder);
    expect(await at.formerNames('done')).toEqual(['payments.csv', 'payments.csv']);
    expect(await at.formerNames('refused')).toEqual(['payments.csv.refused.csv']);
    expect([await at.names('in'), await at.names('taking')]).toEqual([[], []]);
    expect(await texts()).toEqual(['staff-registry-taken', 'staff-registry-stuck-taken', 'staff-registry-taken']);
    expect(await imports()).toHaveLength(3);
  });

  test('and is no registry, staff hear of that once, and what it is as soon as it is put away', async () => {
    const folder = await at.open();
    const mend = await block('refused');
    await at.put('notes.csv', ['список дел']);
    await lookOften(folder);
    expect(await texts()).toEqual(['staff-registry-stuck']);
    await mend();
    await lookOften(folder);
    expect(await texts()).toEqual(['staff-registry-stuck', 'staff-registry-unread']);
    expect(await at.formerNames('refused')).toEqual(['notes.csv']);
  });

  test('because somebody deleted the folders while we were at work, they are made again', async () => {
    const folder = await at.open();
    await at.put('accounts.csv', ACCOUNTS);
    for (const room of ['taking', 'begun', 'done', 'refused'] as const) await rm(at.within(room), { recursive: true });
    at.desk.pool.once('acquire', () => rmSync(at.within('done'), { recursive: true }));
    await folder.look();
    expect(await at.formerNames('done')).toEqual(['accounts.csv']);
    await rm(at.within('in'), { recursive: true });
    await folder.look();
    expect(await at.names('in')).toEqual([]);
    expect(at.warned).toEqual([]);
  });
});

test('what was exported into out goes after 30 days as well, whatever it is called', async () => {
  const folder = await at.open();
  await at.put('payments-7.csv', PAYMENTS, 'out');
  at.passedSeconds = 29.9 * 86_400;
  await folder.forget();
  expect(await at.names('out')).toEqual(['payments-7.csv']);
  at.passedSeconds = 30.1 * 86_400;
  await folder.forget();
  expect(await at.names('out')).toEqual([]);
  expect(at.informed).toEqual([{ room: 'out', deleted: ['another name'] }]);
});

test('an upload that broke off is told of in the log after a day, once a day, without its name; so is a file of a time to come', async () => {
  const HOUR = 3600;
  const folder = await at.open();
  await at.put('Иванов И.И.csv.part', ACCOUNTS);
  at.passedSeconds = 23 * HOUR;
  await folder.forget();
  expect(at.warned).toEqual([]);
  const unfinished = expect.stringMatching(/^registries\/in: больше суток лежат файлы, .* ещё пишутся: 1; .*удалите$/);
  at.passedSeconds = 25 * HOUR;
  await folder.forget();
  expect(at.warned).toEqual([unfinished]);
  at.passedSeconds = 26 * HOUR;
  await folder.forget();
  expect(at.warned).toEqual([unfinished]);
  at.passedSeconds = 50 * HOUR;
  await folder.forget();
  expect(at.warned).toEqual([unfinished, unfinished]);
  expect(await at.names('in')).toEqual(['Иванов И.И.csv.part']);

  // It was put there while this machine's clock was ahead.
  await at.put('late.csv', ACCOUNTS);
  at.passedSeconds = -2 * HOUR;
  const anew = await at.open();
  await anew.forget();
  expect(at.warned.at(-1)).toMatch(/^registries\/in: время изменения файлов ещё не наступило: 1; .*проверьте часы/);
});
