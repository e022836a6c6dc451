import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FolderParts, openFolder } from '../../../src/adapters/registries/folder.ts';
import { ACCOUNTS, type Desk, openDesk } from './desk.ts';

let desk: Desk;
let warned: string[];
beforeEach(async () => {
  desk = await openDesk();
  warned = [];
});
afterEach(() => desk.close());

/** Files are looked at as if so many seconds had passed since they were written. */
function parts(passed = 60): FolderParts {
  return {
    folder: join(desk.folder, 'registries'),
    db: desk.db,
    pool: desk.pool,
    clock: () => new Date('2026-11-20T09:00:00Z'),
    fileClock: () => new Date(Date.now() + passed * 1000),
    log: { info() {}, warn: (_, message) => void warned.push(message) },
  };
}
const within = (room: string, name = '') => join(desk.folder, 'registries', room, name);
const put = (name: string, lines: readonly string[], room = 'in') => writeFile(within(room, name), `${lines.join('\n')}\n`);
const told = () => desk.db.selectFrom('notices').select(['text', 'words', 'addressee']).orderBy('id').execute();

const PAYMENTS = ['ЛС;Дата;Сумма;Номер операции', '0010001;01.11.2026;100;1', '0019999;01.11.2026;100;2'];

test('files are taken in their order whatever their names, and told', async () => {
  const folder = await openFolder(parts());
  await put('1-payments.csv', PAYMENTS);
  await put('2-accounts.csv', ACCOUNTS);
  await put('notes.csv', ['список дел']);
  await put('being-written.csv.part', ACCOUNTS);
  await folder.look();

  expect(await readdir(within('in'))).toEqual(['being-written.csv.part']);
  expect(await readdir(within('taking'))).toEqual([]);
  const done = await readdir(within('done'));
  expect(done.map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort()).toEqual(['1-payments.csv', '2-accounts.csv']);
  const refused = await readdir(within('refused'));
  expect(refused.map((name) => name.replace(/^\d{8}-\d{6}-\d{3}-/, '')).sort()).toEqual([
    '1-payments.csv.refused.csv',
    'notes.csv',
  ]);
  const rows = await readFile(
    within(
      'refused',
      refused.find((name) => name.endsWith('.refused.csv')),
    ),
    'utf8',
  );
  expect(rows).toContain('0019999;01.11.2026;100;2;лицевой счёт 0019999 не найден');
  expect(await told()).toEqual([
    {
      addressee: 'staff',
      text: 'staff-registry-unread',
      words: { name: 'notes.csv', why: expect.stringContaining('нет столбцов') as string },
    },
    {
      addressee: 'staff',
      text: 'staff-registry-taken',
      words: { kind: 'accounts', name: '2-accounts.csv', read: 2, new: 2, changed: 0, refused: 0, by: 'empty' },
    },
    {
      addressee: 'staff',
      text: 'staff-registry-taken',
      words: { kind: 'payments', name: '1-payments.csv', read: 2, new: 1, changed: 0, refused: 1, by: 'empty' },
    },
  ]);
  await folder.look();
  expect(await told()).toHaveLength(3);
  expect(warned).toEqual([]);
});

test('a file that was written just now is left alone until it has come to rest', async () => {
  const folder = await openFolder(parts(0));
  await put('accounts.csv', ACCOUNTS);
  await folder.look();
  expect(await readdir(within('in'))).toEqual(['accounts.csv']);
  await (await openFolder(parts())).look();
  expect(await readdir(within('in'))).toEqual([]);
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

test('what a process that died had in hand is taken again', async () => {
  await mkdir(within('taking'), { recursive: true });
  await put('accounts.csv', ACCOUNTS, 'taking');
  await put('accounts.csv.refused.csv', ['половина'], 'taking');
  await put('accounts.csv.refused.csv.part', ['половина'], 'taking');
  await (await openFolder(parts())).look();
  expect(await readdir(within('taking'))).toEqual([]);
  expect(await readdir(within('refused'))).toEqual([]);
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

test('a breakage loses nothing: the file is taken when it is over', async () => {
  const folder = await openFolder(parts());
  await put('accounts.csv', ACCOUNTS);
  const { connect } = desk.pool;
  desk.pool.connect = () => {
    throw new Error('the database is away');
  };
  await folder.look();
  desk.pool.connect = connect;
  expect(warned).toEqual(['a registry from the folder could not be taken in; it is tried again']);
  await folder.look();
  expect(await readdir(within('in'))).toEqual(['accounts.csv']);
  await (await openFolder(parts(200))).look();
  expect(await desk.db.selectFrom('accounts').select('number').execute()).toHaveLength(2);
});

test('two files of one name are both kept', async () => {
  await put('accounts.csv', ACCOUNTS).catch(() => mkdir(within('in'), { recursive: true }));
  for (const passed of [60, 120]) {
    const folder = await openFolder(parts(passed));
    await put('accounts.csv', ACCOUNTS);
    await folder.look();
  }
  expect(await readdir(within('done'))).toHaveLength(2);
});
