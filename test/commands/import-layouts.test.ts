import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BANK } from '../kit/bank-layout.ts';
import { runCommand } from '../kit/command.ts';
import * as make from '../kit/make.ts';
import { testDatabase } from '../kit/postgres.ts';
import { workbook } from '../kit/workbook.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
beforeEach(async () => {
  base = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  for (const number of ['0010001', '0010002']) await make.account(base.db, { number, ownerName: 'Кот', address: 'дом' });
  await centre([BANK]);
});
afterEach(async () => {
  await base.close();
  await rm(folder, { recursive: true, force: true });
});

async function centre(layouts: unknown[]): Promise<void> {
  const example = JSON.parse(await readFile('centre.example.json', 'utf8')) as object;
  await writeFile(join(folder, 'centre.json'), JSON.stringify({ ...example, layouts }));
}

const run = (...args: string[]) =>
  runCommand('import', args, { DATABASE_URL: base.url, CENTRE_FILE: join(folder, 'centre.json') });

async function bankFile(name: string, total = '1734,56'): Promise<string> {
  const lines = ['#за 5 ноября', '05-11-2026;;A-1;0010001;;1234,56', '06-11-2026;;A-2;0010002;;500,00', `=2;${total}`];
  const path = join(folder, name);
  await writeFile(path, iconv.encode(`${lines.join('\r\n')}\r\n`, 'win1251'));
  return path;
}

test('a described file is known by its name or by --layout, tried first and imported once', async () => {
  const known = await bankFile('bank_1.txt');
  const other = await bankFile('other.txt');
  const tried = await run('--dry-run', known);
  expect(tried).toMatchObject({ code: 0, err: '' });
  expect(tried.out).toContain('bank_1.txt (платежи, описание «Банк»), проверка: прочитано 2, новых 2');
  expect(tried.out).toMatch(/сумма платежей 1.734,56.₽/);

  expect(await run('--layout', 'Банк', other)).toMatchObject({ code: 0, out: expect.stringContaining('новых 2') });
  expect(await run(known)).toMatchObject({ code: 0, out: expect.stringContaining('без изменений 2') });
});

test('what is known by no layout says which there are', async () => {
  const other = await bankFile('other.txt');
  const unknown = await run(other);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('читается по описанию (--layout ОПИСАНИЕ): есть «Банк».');
  expect(await run('--layout', 'Бонк', other)).toMatchObject({
    code: 2,
    err: expect.stringContaining('описания «Бонк» нет: есть «Банк»'),
  });
  expect(await run('--undo', '1', '--layout', 'Банк')).toMatchObject({ code: 2 });
});

test('totals that differ refuse the file, and a bad layout the whole command, by its field', async () => {
  expect(await run(await bankFile('bank_2.txt', '1734,57'))).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/bank_2\.txt: итоги не сходятся: сумма в итоге[^]*Ничего не загружено\./),
  });
  await centre([{ ...BANK, encoding: 'cp1251', separator: 'tab' }]);
  const { err, code } = await run(await bankFile('bank_3.txt'));
  expect(code).toBe(2);
  expect(err).toContain(`  CENTRE_FILE: ${join(folder, 'centre.json')}, строка 1: `);
  expect(err).toContain('layouts[0].encoding: нужно одно из: utf-8, windows-1251, cp866, koi8-r, utf-16le');
  expect(err).toContain('layouts[0].separator: нужен один знак');
  expect(err).not.toContain('cp1251 ');
});

test('an XLSX is imported as it is; its refused rows are a CSV with the rows’ numbers', async () => {
  const path = join(folder, 'payments.xlsx');
  const day = { xml: '<c r="@" s="1"><v>46331</v></c>' };
  const rows = [
    ['Платежи за ноябрь'],
    ['ЛС', 'Дата', 'Сумма', 'Номер операции'],
    ['0010001', day, 10.5, 'A'],
    ['77', day, 1, 'B'],
  ];
  await writeFile(path, workbook({ rows, formats: ['dd/mm/yyyy'], numbers: [1, 3, 4, 9] }));
  const { out, code } = await run(path);
  expect(code).toBe(1);
  expect(out).toContain('payments.xlsx (платежи), загрузка № 1: прочитано 2, новых 1, изменено 0, без изменений 0, отклонено 1');
  expect(await base.db.selectFrom('payments').select(['day', 'sumKopecks']).execute()).toEqual([
    { day: '2026-11-05', sumKopecks: 1050 },
  ]);
  const refused = await readFile(`${path}.refused.csv`, 'utf8');
  expect(refused.split('\r\n')[1]).toMatch(/^77;2026-11-05;1;B;9;/);
});
