import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../kit/command.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

const HEADER = '\ufeffЛС;Номер счетчика;Услуга;Шкала;Показание;Дата;Источник\r\n';

async function townWithReadings(values: readonly string[]) {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  const folder = await ownFolder('export-');
  await make.account(db, { number: '0012345', ownerName: 'Иванов И. И.', address: 'ул. Мира, 1' });
  const row = (value: string, i: number) => ({
    account: '0012345',
    number: `7${i}`,
    scale: '',
    service: 'Вода',
    windowOpens: '2026-11-20',
    submittedBy: 'resident',
    value,
    day: '2026-11-21',
    takenAt: new Date('2026-11-21T09:00:00Z'),
  });
  if (values.length > 0) await make.reading(db, ...values.map(row));
  return {
    db,
    file: (name: string) => join(folder, name),
    files: () => readdir(folder),
    run: (...args: string[]) => runCommand('export', args, { BOT_TOKEN: '1:test', DATABASE_URL: url }),
  };
}

test('what has not gone out is written once, with a number by which it comes again byte for byte', async () => {
  const { run, file, files, db } = await townWithReadings(['105.5', '7']);
  const first = await run('readings', '--out', file('a.csv'));
  expect(first).toEqual({ code: 0, err: '', out: `показания: выгрузка № 1, строк 2 → ${file('a.csv')}\n` });
  const written = await readFile(file('a.csv'), 'utf8');
  expect(written).toBe(`${HEADER}0012345;70;Вода;;105,5;21.11.2026;житель\r\n0012345;71;Вода;;7;21.11.2026;житель\r\n`);

  await db.updateTable('readings').set({ value: '106', state: 'taken' }).where('number', '=', '70').execute();
  expect(await run('readings')).toEqual({
    code: 0,
    out: `${HEADER}0012345;70;Вода;;106;21.11.2026;житель\r\n`,
    err: 'показания: выгрузка № 2, строк 1\n',
  });
  expect(await run('readings', '--number', '1', '--out', file('again.csv'))).toMatchObject({ code: 0 });
  expect(await readFile(file('again.csv'), 'utf8')).toBe(written);
  expect(await run('readings', '--number', '7')).toMatchObject({
    code: 1,
    err: 'показания: выгрузки № 7 нет; последняя — № 2.\n',
  });
  expect(await files()).toEqual(['a.csv', 'again.csv']);
  const noted = await db.selectFrom('auditLog').select(['who', 'what', 'details']).orderBy('id').execute();
  expect(noted).toEqual([
    { who: 'command line', what: 'registries.export', details: { kind: 'readings', number: 1, rows: 2 } },
    { who: 'command line', what: 'registries.export', details: { kind: 'readings', number: 2, rows: 1 } },
    { who: 'command line', what: 'registries.export-again', details: { kind: 'readings', number: 1 } },
  ]);
});

test('nothing new is a bare header, also in a file that is there; what was replaced is said', async () => {
  const { run, file, db } = await townWithReadings(['105']);
  await run('readings', '--out', file('a.csv'));
  expect(await run('readings', '--out', file('a.csv'))).toEqual({
    code: 0,
    err: expect.stringContaining('Прежний файл заменён') as string,
    out: `показания: нового нет → ${file('a.csv')}\n`,
  });
  expect(await readFile(file('a.csv'), 'utf8')).toBe(HEADER);
  expect(await run('readings', '--out', file('b.csv'))).toMatchObject({
    code: 0,
    out: `показания: нового нет → ${file('b.csv')}\n`,
  });
  expect(await readFile(file('b.csv'), 'utf8')).toBe(HEADER);
  await db.updateTable('readings').set({ value: '106', state: 'taken' }).execute();
  expect(await run('readings', '--out', file('a.csv'))).toMatchObject({
    code: 0,
    out: `показания: выгрузка № 2, строк 1 → ${file('a.csv')}\n`,
    err: expect.stringContaining('Прежний файл заменён') as string,
  });
  expect(await run('readings', '--number', '1', '--out', file('a.csv'))).toMatchObject({
    code: 0,
    err: expect.stringContaining('Прежний файл заменён') as string,
  });
});

test('where the file cannot be written nothing is marked', async () => {
  const { run, file, db } = await townWithReadings(['105']);
  const failed = await run('readings', '--out', file('none/a.csv'));
  expect(failed).toEqual({
    code: 2,
    out: '',
    err: `Не получилось: ${file('none/a.csv')}: такой папки нет: создайте её или назовите другое место. Ничего не помечено выгруженным; повторите команду.\n`,
  });
  expect(await db.selectFrom('readings').select('state').execute()).toEqual([{ state: 'taken' }]);
  expect(await run('readings')).toMatchObject({ code: 0, err: 'показания: выгрузка № 1, строк 1\n' });
});

test('help, slips, a number that there was none of', async () => {
  const { run } = await townWithReadings([]);
  const slips = [['constructor'], ['readings', '--number', 'x']];
  const [help, none, empty, ...refused] = await Promise.all(
    [['--help'], ['readings', '--number', '7'], ['readings'], ...slips].map((args) => run(...args)),
  );
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('ЛС;Номер счетчика;Услуга;Шкала') as string });
  expect(none).toMatchObject({ code: 1, out: '', err: 'показания: выгрузки № 7 нет; ещё ничего не выгружалось.\n' });
  expect(empty).toMatchObject({ code: 0, out: HEADER });
  for (const slip of refused) expect(slip).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--help') as string });
});
