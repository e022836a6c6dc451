import { appendFileSync } from 'node:fs';
import { readFile, rename, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACCOUNTS } from '../desk.ts';
import { openWatchedFolder, PAYMENTS, type WatchedFolder } from './watched-folder.ts';

let at: WatchedFolder;
beforeEach(async () => {
  at = await openWatchedFolder();
});
afterEach(() => at.desk.close());

const NO_OWNERS = { owners: 0, ownersOf: 0, links: 0 };

test('a modification time to come, of another computer’s clock, does not keep a file waiting', async () => {
  const folder = await at.open();
  await at.put('accounts.csv', ACCOUNTS);
  const tomorrow = new Date(Date.now() + 86_400_000);
  await utimes(at.within('in', 'accounts.csv'), tomorrow, tomorrow);
  at.passedSeconds = 5;
  await folder.look();
  expect(await at.names('in')).toEqual(['accounts.csv']);
  at.passedSeconds = 60;
  await folder.look();
  expect(await at.formerNames('done')).toEqual(['accounts.csv']);
});

test('files are taken in their order whatever their names, and told', async () => {
  const folder = await at.open();
  await at.put('1-payments.csv', PAYMENTS);
  await at.put('2-accounts.csv', ACCOUNTS);
  await at.put('notes.csv', ['список дел']);
  await at.put('being-written.csv.part', ACCOUNTS);
  await folder.look();

  expect(await at.names('in')).toEqual(['being-written.csv.part']);
  expect(await at.names('taking')).toEqual([]);
  expect(await at.formerNames('done')).toEqual(['1-payments.csv', '2-accounts.csv']);
  expect(await at.formerNames('refused')).toEqual(['1-payments.csv.refused.csv', 'notes.csv']);
  const refused = await at.names('refused');
  const ofRows = refused.find((name) => name.endsWith('.refused.csv'));
  const rows = await readFile(at.within('refused', ofRows), 'utf8');
  expect(rows).toContain('0019999;01.11.2026;100;2;3;лицевой счёт 0019999 не найден');
  expect(await at.told()).toEqual([
    {
      addressee: 'staff',
      text: 'staff-registry-unread',
      words: { layouts: 'no', name: 'notes.csv', why: expect.stringContaining('нет столбцов') as string },
    },
    {
      addressee: 'staff',
      text: 'staff-registry-taken',
      words: {
        number: '1',
        kind: 'accounts',
        name: '2-accounts.csv',
        read: 2,
        new: 2,
        changed: 0,
        refused: 0,
        ...NO_OWNERS,
        by: 'empty',
      },
    },
    {
      addressee: 'staff',
      text: 'staff-registry-taken',
      words: {
        number: '2',
        kind: 'payments',
        name: '1-payments.csv',
        read: 2,
        new: 1,
        changed: 0,
        refused: 1,
        ...NO_OWNERS,
        by: 'empty',
      },
    },
  ]);
  const noted = await at.desk.db.selectFrom('auditLog').select(['who', 'what', 'details']).orderBy('id').execute();
  const counts = { read: 2, changed: 0 };
  expect(noted).toEqual([
    {
      who: 'registry folder',
      what: 'registries.import',
      details: { number: 1, name: '2-accounts.csv', kind: 'accounts', new: 2, refused: 0, ...counts },
    },
    {
      who: 'registry folder',
      what: 'registries.import',
      details: { number: 2, name: '1-payments.csv', kind: 'payments', new: 1, refused: 1, ...counts },
    },
  ]);
  await folder.look();
  expect(await at.told()).toHaveLength(3);
  expect(at.warned).toEqual([]);
});

test('a file that was written just now is left alone until it has come to rest', async () => {
  at.passedSeconds = 0;
  const folder = await at.open();
  await at.put('accounts.csv', ACCOUNTS);
  await folder.look();
  expect(await at.names('in')).toEqual(['accounts.csv']);
  at.passedSeconds = 60;
  await (await at.open()).look();
  expect(await at.names('in')).toEqual([]);
  expect(await at.accounts()).toHaveLength(2);
});

test('a file that is written to while it is read goes back, and is taken whole once it has come to rest', async () => {
  const folder = await at.open();
  await at.put('accounts.csv', ACCOUNTS);
  // The import has its connection: the file was opened, and is about to be read.
  at.desk.pool.once('acquire', () =>
    appendFileSync(at.within('taking', 'accounts.csv'), '0010003;Котов Павел;ул. Лесная, д. 3\n'),
  );
  await folder.look();
  expect(await at.accounts()).toEqual([]);
  expect(await at.told()).toEqual([]);
  expect(at.warned).toEqual(['a registry from the folder could not be taken in; it is tried again']);
  at.passedSeconds = 200;
  await folder.look();
  expect(await at.accounts()).toHaveLength(3);
  expect(await at.formerNames('done')).toEqual(['accounts.csv']);
});

describe('what may need the rows of another file', () => {
  const NEW = ['ЛС;Дата;Сумма;Номер операции', '0010001;01.11.2026;100;1'];
  /** By a clock that stands still but for `passedSeconds`, so that what was written just now stays so. */
  async function openAtRest() {
    const start = Date.now();
    const clock = (secondsAgo = 0) => new Date(start + (at.passedSeconds - secondsAgo) * 1000);
    const folder = await at.open({ fileClock: () => clock() });
    const touch = (name: string, secondsAgo: number) => utimes(at.within('in', name), clock(secondsAgo), clock(secondsAgo));
    return { folder, touch };
  }
  const takenNames = async () => (await at.told()).map(({ words }) => (words as { name: string }).name);

  test.each(['accounts.csv', 'accounts.csv.part'])('waits for %s, which is still being written', async (name) => {
    const { folder, touch } = await openAtRest();
    await at.put('1-payments.csv', NEW);
    await at.put(name, ACCOUNTS);
    at.passedSeconds = 120;
    await touch(name, 5);
    await folder.look();
    expect(await takenNames()).toEqual([]);
    await rename(at.within('in', name), at.within('in', 'accounts.csv'));
    at.passedSeconds = 130;
    await folder.look();
    expect(await takenNames()).toEqual(['accounts.csv', '1-payments.csv']);
    expect(await at.names('refused')).toEqual([]);
  });

  test('does not wait for ever, nor do accounts wait', async () => {
    const { folder, touch } = await openAtRest();
    await at.put('accounts.csv', ACCOUNTS);
    await at.put('payments.csv', NEW);
    await at.put('endless.csv', ACCOUNTS);
    for (const seconds of [120, 400, 719, 720]) {
      at.passedSeconds = seconds;
      await touch('endless.csv', 1);
      await folder.look();
      expect(await takenNames(), String(seconds)).toEqual(seconds < 720 ? ['accounts.csv'] : ['accounts.csv', 'payments.csv']);
    }
  });

  test('waits for a file of an earlier kind that is to be tried again', async () => {
    const folder = await at.open();
    await at.put('1-payments.csv', NEW);
    await at.put('2-accounts.csv', ACCOUNTS);
    const { connect } = at.desk.pool;
    at.desk.pool.connect = () => {
      at.desk.pool.connect = connect;
      throw new Error('the database is away');
    };
    await folder.look();
    await folder.look();
    expect(await takenNames()).toEqual([]);
    at.passedSeconds = 200;
    await folder.look();
    await folder.look();
    expect(await takenNames()).toEqual(['2-accounts.csv', '1-payments.csv']);
    expect(at.warned).toHaveLength(1);
  });
});

test('the order of kinds holds also where there are more files than are taken at once', async () => {
  const folder = await at.open();
  for (let n = 0; n < 101; n += 1) await at.put(`a-${n}.csv`, ['ЛС;Дата;Сумма;Номер операции', `0010001;01.11.2026;100;${n}`]);
  await at.put('z-accounts.csv', ACCOUNTS);
  await folder.look();
  expect((await at.told())[0]).toMatchObject({ text: 'staff-registry-taken', words: { name: 'z-accounts.csv' } });
  expect(await at.told()).toHaveLength(100);
  expect([...(await at.names('in')), ...(await at.names('taking'))]).toHaveLength(2);
  // What came meanwhile is ranked with what was known before.
  await at.put('zz-accounts.csv', ACCOUNTS);
  await folder.look();
  expect((await at.told())[100]).toMatchObject({ words: { name: 'zz-accounts.csv' } });
  expect(await at.names('done')).toHaveLength(103);
  expect(await at.names('refused')).toEqual([]);
  expect(await at.names('begun')).toEqual([]);
}, 60_000);
