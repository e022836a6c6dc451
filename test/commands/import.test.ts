import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockForImport } from '../../src/records/registries/staged.ts';
import { runCommand, startCommand } from '../kit/command.ts';
import { testDatabase } from '../kit/postgres.ts';
import * as make from '../kit/make.ts';

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

const settings = () => ({ DATABASE_URL: base.url });
const run = (...args: string[]) => runCommand('import', args, settings());

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
  return (await base.db.selectFrom('charges').select('dueKopecks').execute()).map((row) => row.dueKopecks);
}

test('files are taken in the order of their kinds, with a line for each', async () => {
  const payments = await file('payments.csv', 'ЛС;Дата;Сумма;Номер операции', '0010001;05.10.2026;7,00;1');
  const meters = await file('meters.csv', 'ЛС;Номер счетчика;Услуга', '0010001;77;Вода');
  const { out, err, code } = await run(meters, payments, await charges(5), await accounts());
  expect({ err, code }).toEqual({ err: '', code: 0 });
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
  const { out, code } = await run(path);
  expect(code).toBe(1);
  expect(out).toContain('прочитано 2, новых 1, изменено 0, без изменений 0, отклонено 1');
  expect(out.split('\n')[1]).toBe('  строка 3: лицевой счёт 0099999 не найден: сначала загрузите его в реестре лицевых счетов');
  expect(out).toContain(`${path}.refused.csv`);
  expect(out).toContain('«К оплате» не сходится с остальными столбцами, таких строк 1 (строки файла: 2)');
});

test('what was taken in is told as taken in, also where the refused rows of a former import stay in the way', async () => {
  const [first, second] = [await accounts(), await charges(5)];
  for (const path of [first, second]) await mkdir(join(`${path}.refused.csv`, 'of others'), { recursive: true });
  const stays = 'отклонённых строк нет, а прежний';
  const { out, err, code } = await run(first, second);
  expect({ err, code }).toEqual({ err: '', code: 1 });
  expect(out.trim().split('\n')).toEqual([
    'accounts.csv (лицевые счета), загрузка № 1: прочитано 2, новых 2, изменено 0, без изменений 0, отклонено 0',
    `  ${stays} ${first}.refused.csv убрать не удалось: это папка, уберите её сами`,
    'charges.csv (начисления), загрузка № 2: прочитано 1, новых 1, изменено 0, без изменений 0, отклонено 0',
    `  ${stays} ${second}.refused.csv убрать не удалось: это папка, уберите её сами`,
  ]);

  await file('charges.csv', 'ЛС;Период;Услуга;Входящее сальдо;Начислено;К оплате', '0099999;10.2026;Вода;0;5;5');
  const refused = await run(second);
  expect({ err: refused.err, code: refused.code }).toEqual({ err: '', code: 1 });
  expect(refused.out).toContain(`отклонённые строки с причинами: ${second}.refused.csv.part`);
  expect(refused.out).toContain(`прежний ${second}.refused.csv заменить не удалось: это папка, уберите её сами`);
});

test('why rows were refused is counted by cause, at most ten of them, in the check and in the import', async () => {
  await run(await accounts());
  const bad = Array.from({ length: 11 }, (_, i) => `0010001;05.10.2026;${'x'.repeat(i + 1)}${'!'.repeat(3)};${i}`);
  const path = await file(
    'p.csv',
    'ЛС;Дата;Сумма;Номер операции',
    ...Array.from({ length: 1_200 }, (_, i) => `${7_000_000 + i};05.10.2026;1;s${i}`),
    '0010001;30.02.2026;1;d1',
    '0010001;31.09.2026;1;d2',
    '0010001;05.10.2026;0;zero',
    ...bad,
  );
  for (const args of [['--dry-run', path], [path]]) {
    const lines = (await run(...args)).out.split('\n').filter((line) => line.startsWith('  строка'));
    expect(lines).toEqual([
      '  строка 2 и ещё 1 199 по той же причине: лицевой счёт 7000000 не найден: сначала загрузите его в реестре лицевых счетов',
      '  строка 1205 и ещё 10 по той же причине: «Сумма»: нужна сумма как 1234,56, а стоит «x!!!»',
      '  строка 1202 и ещё 1 по той же причине: «Дата»: такого дня нет, а стоит «30.02.2026»',
      '  строка 1204: «Сумма»: нужна сумма, отличная от нуля, а стоит «0»',
    ]);
  }
  const titles = 'ЛС;ФИО;Адрес;Площадь;Проживает;Закрыт';
  const many = await file('a.csv', titles, ...Array.from({ length: 12 }, (_, i) => row(i)));
  const { out } = await run('--dry-run', many);
  expect(out.split('\n').filter((line) => line.startsWith('  строка'))).toHaveLength(10);
  expect(out).toContain('\n  …и ещё причин 2, строк 2\n');
});

/** A row with slips of its own: which of its four columns are wrong says its number. */
function row(number: number): string {
  const wrong = (bit: number) => ((number + 1) & (1 << bit)) !== 0;
  const cells = [
    wrong(0) ? 'x' : `00200${number + 10}`,
    'Иванов',
    'дом',
    wrong(1) ? 'x' : '',
    wrong(2) ? 'x' : '',
    wrong(3) ? 'x' : '',
  ];
  return cells.join(';');
}

test('help, slips of the command, unreadable files: nothing is taken in', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Входящее сальдо') });
  expect((await run('--help')).out).toContain('песочницы в DATA_DIR/sandbox');
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining('--help') });
  expect(await run('--dry')).toMatchObject({ code: 2, err: expect.stringContaining('--help') });
  const unknown = await file('x.csv', 'ЛС;Адрес', '0010009;дом');
  const { code, out, err } = await run(await accounts(), unknown, join(folder, 'none.csv'));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('x.csv: заголовок не узнан: чтобы это был реестр лицевых счетов, нужно добавить: «ФИО»');
  expect(err).toContain('none.csv: такого файла нет');
  expect(err).toContain('Ничего не загружено.');
  expect(await base.db.selectFrom('accounts').selectAll().execute()).toEqual([]);
});

test('--dry-run says what the files would do one upon the other, and changes nothing', async () => {
  const payments = await file(
    'payments.csv',
    'ЛС;Дата;Сумма;Номер операции',
    '0010001;05.10.2026;7,50;1',
    '0010001;06.10.2026;100;2',
    '0010001;05.11.2062;10;3',
  );
  const { out, err, code } = await run('--dry-run', payments, await charges(5), await accounts());
  expect({ err, code }).toEqual({ err: '', code: 1 });
  expect(out.trim().split('\n')).toEqual([
    'accounts.csv (лицевые счета), проверка: прочитано 2, новых 2, изменено 0, без изменений 0, отклонено 0',
    '  лицевых счетов 2',
    '  владелец сменится у счетов: 0 (из 0); подключений закроется: 0',
    'charges.csv (начисления), проверка: прочитано 1, новых 1, изменено 0, без изменений 0, отклонено 0',
    '  лицевых счетов 1, октябрь 2026, начислено 5,00 ₽, к оплате 5,00 ₽',
    'payments.csv (платежи), проверка: прочитано 3, новых 2, изменено 0, без изменений 0, отклонено 1',
    '  лицевых счетов 1, 05.10.2026 — 06.10.2026, сумма платежей 107,50 ₽',
    expect.stringMatching(/^ {2}строка 4: «Дата»: нужен день не позже завтрашнего, .*, а стоит «05\.11\.2062»$/) as string,
    'Это проверка: ничего не загружено.',
  ]);
  expect(await base.db.selectFrom('accounts').selectAll().execute()).toEqual([]);
  expect(await base.db.selectFrom('registryImports').selectAll().execute()).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['accounts.csv', 'charges.csv', 'payments.csv']);
  expect(await run('--dry-run', await accounts())).toMatchObject({ code: 0 });
  // Nor is anything written where nothing could be.
  await mkdir(join(`${payments}.refused.csv.part`, 'of others'), { recursive: true });
  expect(await run('--dry-run', payments, await accounts())).toMatchObject({ err: '', code: 1 });
  expect(await readdir(`${payments}.refused.csv.part`)).toEqual(['of others']);
  // Numbers are given to what is taken in.
  expect((await run(await accounts())).out).toContain('загрузка № 1:');
});

test('--undo takes an import back by its number, or says what keeps it', async () => {
  await run(await accounts());
  await run(await charges(1));
  await run(await charges(2));
  expect(await run('--undo', '1')).toEqual({
    out: '',
    err: 'Загрузка № 1 не отменена: на ней держится загрузка № 3: сначала отмените её (--undo 3).\n',
    code: 1,
  });
  expect(await run('--undo', '3')).toEqual({
    out: 'Загрузка № 3 отменена: charges.csv (начисления), удалено новых строк 0, возвращено прежних 1\n',
    err: '',
    code: 0,
  });
  expect(await dues()).toEqual([100]);
  expect(await run('--undo', '3')).toEqual({ out: 'Загрузка № 3 уже отменена.\n', err: '', code: 0 });
  expect(await run('--undo', '99')).toMatchObject({
    code: 1,
    err: 'Загрузка № 99 не отменена: такой загрузки ещё не было; последняя — № 3.\n',
  });
  const slips = [['--undo'], ['--undo', 'x'], ['--undo', '1', 'a.csv'], ['--undo', '1', '--dry-run'], ['--undo', '0']];
  for (const slip of await Promise.all(slips.map((args) => run(...args))))
    expect(slip).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/номер.* загрузки.*--undo 12 /) as string });
});

test('the journal has who imported, undid and exported what, in the transaction that did it', async () => {
  await run(await accounts());
  await run('--undo', '1');
  await runCommand('export', ['readings'], settings());
  const { out } = await runCommand('journal', ['--who', 'оператор', '--what', 'registries'], settings());
  const lines = out.trim().split('\n');
  expect(lines[0]).toMatch(
    / \(оператор\) {2}загрузка реестра отменена \[registries\.undo\] {2}№ 1, файл: accounts\.csv, вид: лицевые счета, удалено строк: 2, /,
  );
  expect(lines[1]).toMatch(
    / \(оператор\) {2}реестр загружен \[registries\.import\] {2}№ 1, файл: accounts\.csv, вид: лицевые счета, прочитано: 2, новых: 2, /,
  );
  // Nothing went out: there is nothing to be noted.
  expect(lines).toHaveLength(2);
  // What was rolled back left nothing, there either.
  expect((await run(await file('none.csv', 'ЛС;ФИО'))).code).toBe(2);
  expect(await base.db.selectFrom('auditLog').select('id').execute()).toHaveLength(2);
});

test('the owners of many accounts do not change unless --owners-changed says so; the other files are taken', async () => {
  const rows = (owner: string) => Array.from({ length: 40 }, (_, i) => `00100${i + 10};${owner};дом`);
  const other = () => file('moved.csv', 'ЛС;ФИО;Адрес', ...rows('Жилец Павел'));
  await run(await file('accounts.csv', 'ЛС;ФИО;Адрес', ...rows('Котов Пётр')));
  const payments = await file('payments.csv', 'ЛС;Дата;Сумма;Номер операции', '0010010;05.10.2026;7,50;1');
  const held = [
    '  Владельцев меняется больше, чем 20 или 1 % счетов: похоже на ошибку в реестре. Если всё верно, загрузите файл с --owners-changed.',
  ];
  const dry = await run('--dry-run', await other());
  expect(dry.code).toBe(1);
  expect(dry.out.split('\n').slice(0, 4)).toEqual([
    'moved.csv (лицевые счета), проверка: прочитано 40, новых 0, изменено 40, без изменений 0, отклонено 0',
    '  лицевых счетов 40',
    '  владелец сменится у счетов: 40 (из 40); подключений закроется: 0',
    ...held,
  ]);
  const { out, code } = await run(await other(), payments);
  expect(code).toBe(1);
  expect(out.trim().split('\n')).toEqual([
    'moved.csv (лицевые счета), загрузка № 2: не загружено; владелец сменится у счетов: 40 (из 40); подключений закроется: 0',
    ...held,
    expect.stringContaining('payments.csv (платежи), загрузка № ') as string,
  ]);
  // Its number is not given again, and whoever asks what it was is told.
  expect(await run('--undo', '2')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^Загрузка № 2 не отменена: это был файл moved\.csv, \d\d\.\d\d\.\d{4} \d\d:\d\d; он не загружен, потому что менял владельцев у многих счетов\. Отменять нечего\.\n$/,
    ) as string,
  });
  const said = await run('--owners-changed', await other());
  expect(said.code).toBe(0);
  expect(said.out).toContain('владелец сменился у счетов: 40 (из 40); подключений закрыто: 0');
});

test('many accounts are not closed unless --accounts-closed says so, whatever is said of owners', async () => {
  const rows = (closed: string) => Array.from({ length: 40 }, (_, i) => `00100${i + 10};Котов Пётр;дом;${closed}`);
  const all = () => file('closed.csv', 'ЛС;ФИО;Адрес;Закрыт', ...rows('1'));
  await run(await file('accounts.csv', 'ЛС;ФИО;Адрес;Закрыт', ...rows('')));
  const why =
    '  Закрывается больше 20 счетов, и это больше 1 % всех: похоже на ошибку в реестре. Если всё верно, загрузите файл с --accounts-closed.';
  const dry = await run('--dry-run', await all());
  expect(dry.code).toBe(1);
  expect(dry.out.split('\n').slice(2, 5)).toEqual([
    '  владелец сменится у счетов: 0 (из 40); подключений закроется: 0',
    '  закроется счетов: 40 (у жителей: 0)',
    why,
  ]);
  const { out, code } = await run('--owners-changed', await all());
  expect(code).toBe(1);
  expect(out.trim().split('\n')).toEqual([
    'closed.csv (лицевые счета), загрузка № 2: не загружено; закроется счетов: 40 (у жителей: 0)',
    why,
  ]);
  expect((await run('--undo', '2')).err).toContain('он не загружен, потому что закрывал много счетов. Отменять нечего.');
  const sold = await file('sold.csv', 'ЛС;ФИО;Адрес;Закрыт', ...rows('1').map((row) => row.replace('Котов Пётр', 'Жилец Павел')));
  expect(await run(sold)).toMatchObject({ code: 1 });
  expect((await run('--undo', '3')).err).toContain(
    'он не загружен, потому что менял владельцев у многих счетов и закрывал много счетов. Отменять нечего.',
  );
  // An entry of an earlier version does not say for what.
  const held = base.db
    .selectFrom('auditLog')
    .select(['at', 'who', 'what', 'details'])
    .where('what', '=', 'registries.held')
    .orderBy('id');
  const { details, ...entry } = await held.executeTakeFirstOrThrow();
  const { held: heldFor, ...before } = details;
  expect(heldFor).toBe('closings');
  await base.db
    .insertInto('auditLog')
    .values({ ...entry, details: JSON.stringify({ ...before, number: 4 }) })
    .execute();
  expect((await run('--undo', '4')).err).toContain('он не загружен, потому что закрывал много счетов. Отменять нечего.');
  const said = await run('--accounts-closed', await all());
  expect(said).toMatchObject({ code: 0 });
  expect(said.out).toContain('  закрыто счетов: 40 (у жителей: 0)');
});

test('charges and payments that are there under another name are taken with a warning', async () => {
  await run(await accounts());
  const one = (what: string) =>
    file('one.csv', 'ЛС;Период;Поставщик;Услуга;Входящее сальдо;Начислено;К оплате', `0010001;10.2026;${what};Вода;0;5;5`);
  await run(await one('Водоканал'));
  const warning =
    '  внимание: уже есть начисления за тот же период по той же услуге от другого поставщика, таких строк 1 (строки файла: 2); если поставщик тот же, но написан иначе, начисления удвоятся';
  expect((await run('--dry-run', await one('МУП'))).out.split('\n')).toContain(warning);
  const taken = await run(await one('МУП'));
  expect(taken.code).toBe(0);
  expect(taken.out.split('\n')).toContain(warning);
  const paid = (source: string) =>
    file('paid.csv', 'ЛС;Дата;Сумма;Источник;Номер операции', `0010001;05.10.2026;7,50;${source};1`);
  await run(await paid('Банк'));
  expect((await run(await paid('ПАО Банк'))).out).toContain('из другого источника, таких строк 1 (строки файла: 2)');
});

test('a file that is still being written is left as it is, in a sentence', async () => {
  await run(await accounts(), await charges(1));
  const path = await charges(2);
  let importing: ReturnType<typeof run> | undefined;
  await base.db.transaction().execute(async (trx) => {
    await lockForImport(trx);
    importing = run(path);
    await expect.poll(waitsForLock).toBe(1);
    await appendFile(path, '0010002;10.2026;Вода;0;3;3\n');
  });
  expect(await importing).toEqual({
    code: 2,
    out: '',
    err: `Загрузка прервана: ${path}: файл ещё пишется: он изменился, пока его читали. Файл, на котором это случилось, не загружен; повторите команду.\n`,
  });
  expect(await dues()).toEqual([100]);
  expect((await run(path)).code).toBe(0);
  expect((await dues()).toSorted((one, other) => one - other)).toEqual([200, 300]);
});

test('kill -9 after the merge and before the end leaves the old state, and the next import goes through', async () => {
  await run(await accounts(), await charges(1));
  await base.db.transaction().execute(async (trx) => {
    await sql`lock table registry_imports in share row exclusive mode`.execute(trx);
    const child = startCommand('import', [await charges(2)], settings(), folder);
    const gone = once(child, 'exit');
    await expect.poll(waitsForLock).toBe(1);
    child.kill('SIGKILL');
    await gone;
  });
  expect(await dues()).toEqual([100]);
  expect((await run(await charges(3))).code).toBe(0);
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
  const resident = await make.resident(base.db, { login: 'ivan', phone: null, registeredAt: at });
  const link = { residentId: resident, way: 'sum' as const, linkedAt: at };
  await make.link(base.db, { ...link, account: '0010001' }, { ...link, account: '0010002' });

  const moved = await file('moved.csv', 'ЛС;ФИО;Адрес', '0010001;ИВАНОВ;ул. Лесная, д. 1', '0010002;Сидорова;ул. Лесная, д. 2');
  expect((await run(moved)).out).toContain('изменено 2');
  const links = await base.db.selectFrom('links').select(['account', 'endedWhy']).orderBy('account').execute();
  expect(links).toEqual([
    { account: '0010001', endedWhy: null },
    { account: '0010002', endedWhy: 'owner-changed' },
  ]);
});
