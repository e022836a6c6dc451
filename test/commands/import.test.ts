import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../kit/postgres.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
beforeEach(async () => {
  base = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});
afterEach(async () => {
  await base.close();
  await rm(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', '@oxc-node/core/register', 'src/commands/import.ts', ...args], {
    env: { PATH: process.env.PATH, DATABASE_URL: base.url },
  });
}

async function run(...args: string[]) {
  const child = start(...args);
  const [out, err, [status]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { out, err, status: Number(status) };
}

async function file(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

const accounts = () =>
  file('accounts.csv', 'ЛС;ФИО;Адрес', '0010001;Иванов;ул. Лесная, д. 1', '0010002;Петрова;ул. Лесная, д. 2');
const charges = (sum: number) =>
  file('charges.csv', 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате', `0010001;10.2026;Вода;0;${sum};${sum}`);

async function dues(): Promise<number[]> {
  return (await base.db.selectFrom('charges').select('due_kopecks').execute()).map((row) => row.due_kopecks);
}

test('files are taken in the order of their kinds, with a line for each', async () => {
  const payments = await file('payments.csv', 'ЛС;Дата;Сумма;Номер операции', '0010001;05.10.2026;7,00;1');
  const meters = await file('meters.csv', 'ЛС;Номер счетчика;Услуга', '0010001;77;Вода');
  const { out, err, status } = await run(meters, payments, await charges(5), await accounts());
  expect({ err, status }).toEqual({ err: '', status: 0 });
  expect(out.trim().split('\n')).toEqual([
    'accounts.csv (лицевые счета), загрузка № 1: прочитано 2, новых 2, изменено 0, без изменений 0, отклонено 0',
    'charges.csv (начисления), загрузка № 2: прочитано 1, новых 1, изменено 0, без изменений 0, отклонено 0',
    'payments.csv (платежи), загрузка № 3: прочитано 1, новых 1, изменено 0, без изменений 0, отклонено 0',
    'meters.csv (счётчики), загрузка № 4: прочитано 1, новых 1, изменено 0, без изменений 0, отклонено 0',
  ]);
});

test('a refused row is exit status 1, its file is named, a wrong «К оплате» is a warning', async () => {
  await run(await accounts());
  const path = await file(
    'c.csv',
    'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате',
    '0010001;10.2026;Вода;0;5;6',
    '0099999;10.2026;Вода;0;5;5',
  );
  const { out, status } = await run(path);
  expect(status).toBe(1);
  expect(out).toContain('прочитано 2, новых 1, изменено 0, без изменений 0, отклонено 1');
  expect(out).toContain(`${path}.refused.csv`);
  expect(out).toContain('«К оплате» не сходится с остальными столбцами, таких строк 1 (строки файла: 2)');
});

test('help, slips of the command, unreadable files: nothing is taken in', async () => {
  expect(await run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('Входящее сальдо') });
  expect(await run()).toMatchObject({ status: 2, err: expect.stringContaining('--help') });
  expect(await run('--dry')).toMatchObject({ status: 2, err: expect.stringContaining('--help') });
  const unknown = await file('x.csv', 'ЛС;Адрес', '0010009;дом');
  const { status, out, err } = await run(await accounts(), unknown, join(folder, 'none.csv'));
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain('x.csv: заголовок не узнан: чтобы это был реестр лицевых счетов, не хватает столбцов «ФИО»');
  expect(err).toContain('none.csv: такого файла нет');
  expect(err).toContain('Ничего не загружено.');
  expect(await base.db.selectFrom('accounts').selectAll().execute()).toEqual([]);
});

test('kill -9 after the merge and before the end leaves the old state, and the next import goes through', async () => {
  await run(await accounts(), await charges(1));
  await base.db.transaction().execute(async (trx) => {
    await sql`lock table registry_imports in share row exclusive mode`.execute(trx);
    const child = start(await charges(2));
    const gone = once(child, 'exit');
    await expect.poll(waitsForLock, { timeout: 20_000 }).toBe(1);
    child.kill('SIGKILL');
    await gone;
  });
  expect(await dues()).toEqual([100]);
  expect((await run(await charges(3))).status).toBe(0);
  expect(await dues()).toEqual([300]);
});

async function waitsForLock(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
  `.execute(base.db);
  return rows[0]!.count;
}

test('another owner closes older links', async () => {
  await run(await accounts());
  const at = new Date('2026-11-01T09:00:00Z');
  const resident = await base.db
    .insertInto('residents')
    .values({ login: 'ivan', phone: null, password_hash: 'none', registered_at: at })
    .returning('id')
    .executeTakeFirstOrThrow();
  const link = { resident_id: resident.id, way: 'sum' as const, linked_at: at };
  await base.db
    .insertInto('links')
    .values([
      { ...link, account: '0010001' },
      { ...link, account: '0010002' },
    ])
    .execute();

  const moved = await file('moved.csv', 'ЛС;ФИО;Адрес', '0010001;ИВАНОВ;ул. Лесная, д. 1', '0010002;Сидорова;ул. Лесная, д. 2');
  expect((await run(moved)).out).toContain('изменено 2');
  const links = await base.db.selectFrom('links').select(['account', 'ended_why']).orderBy('account').execute();
  expect(links).toEqual([
    { account: '0010001', ended_why: null },
    { account: '0010002', ended_why: 'owner-changed' },
  ]);
});
