import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import readXlsx from 'read-excel-file/node';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../kit/command.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

async function askedTown() {
  const { db, url, close } = await testDatabase();
  onTestFinished(close);
  const folder = await ownFolder('export-');
  for (const day of ['2026-10-31T20:59:00Z', '2026-10-31T21:00:00Z', '2026-11-30T20:59:00Z', '2026-11-30T21:00:00Z'])
    await make.request(db, { topic: 'payment', account: '0012345', openedAt: new Date(day) });
  return {
    db,
    out: join(folder, 'a.xlsx'),
    run: (...args: string[]) => runCommand('export', ['requests', ...args], { BOT_TOKEN: '1:test', DATABASE_URL: url }),
  };
}

test('requests of these days, as a spreadsheet; that they were taken out is in the journal', async () => {
  const { run, out, db } = await askedTown();
  const done = await run('--from', '01.11.2026', '--to', '2026-11-30', '--out', out);
  expect(done).toEqual({ code: 0, err: '', out: `обращения с 01.11.2026 по 30.11.2026: строк 2 → ${out}\n` });
  const [requests] = await readXlsx(await readFile(out));
  expect(requests?.data.map(([number, topic, account]) => [number, topic, account])).toEqual([
    ['№', 'Тема', 'Лицевой счёт'],
    [3, 'Оплата', '0012345'],
    [2, 'Оплата', '0012345'],
  ]);
  const entry = await db.selectFrom('auditLog').select(['who', 'what', 'details']).execute();
  expect(entry).toEqual([
    { who: 'command line', what: 'requests.export', details: { from: '2026-11-01', to: '2026-11-30', rows: 2 } },
  ]);
});

test('a file that is there stays, unless --force says otherwise', async () => {
  const { run, out, db } = await askedTown();
  await writeFile(out, 'мои заметки');
  expect(await run('--out', out)).toEqual({
    code: 2,
    out: '',
    err: `${out}: файл уже есть. Назовите другое имя или добавьте --force, чтобы заменить его.\n`,
  });
  expect(await readFile(out, 'utf8')).toBe('мои заметки');
  expect(await db.selectFrom('auditLog').select('what').execute()).toEqual([]);
  expect(await run('--out', out, '--force')).toMatchObject({ code: 0, err: '' });
  expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK');
});

test('slips are told, and nothing is written', async () => {
  const { run, out, db } = await askedTown();
  for (const slip of [await run('--from', '2026-11-01'), await run('--out', out, '--from', '2026-11-30', '--to', '2026-11-01')])
    expect(slip).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--help') as string });
  expect((await run('--out', out, '--from', '31.11.2026')).err).toMatch(
    /^--from: такого дня нет: 31\.11\.2026\. Так: npm run export/,
  );
  expect(await run('--out', join(out, 'none', 'b.xlsx'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('такой папки нет') as string,
  });
  expect(await db.selectFrom('auditLog').select('what').execute()).toEqual([]);
});
