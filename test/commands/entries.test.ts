import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertAuditEntry } from '../../src/records/audit-log.ts';
import { type CommandName, spawnCommand, type Told } from '../kit/command.ts';
import * as make from '../kit/make.ts';
import { passableFolder } from '../kit/passable-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

/** What a command says and does is proven elsewhere, without a process; here that `npm run NAME` is that command, with its exit status, on its streams. */
const CALLS: Record<CommandName, [args: string[], told: Told]> = {
  backup: [['copy.gz'], { code: 0, out: said(/^Копия записана и проверена: copy\.gz, строк \d+/), err: '' }],
  'change-bot': [['--from', '12'], { code: 2, out: '', err: said(/^Это уже данные бота 4711, чей токен стоит в BOT_TOKEN\./) }],
  doctor: [[], { code: 1, out: said(/^✗ ошибка {2}[^]+\nИтого: \d+ ошиб/m), err: '' }],
  export: [['readings'], { code: 0, out: said(/^\ufeffЛС;Номер счетчика;[^\n]+\n$/), err: 'показания: нового нет\n' }],
  import: [['accounts.csv'], { code: 1, out: said(/^accounts\.csv \(лицевые счета\), загрузка № 1: .* отклонено 1\n/), err: '' }],
  'issue-password': [['0012345'], { code: 0, out: said(/^Пароль: [A-Z0-9]{10}$/m), err: '' }],
  journal: [
    ['--what', 'desk.take', '--last', '1'],
    { code: 0, out: said(/^.* {2}взято в работу .*\n$/), err: said(/1 из 2\.\n$/) },
  ],
  migrate: [[], { code: 0, out: 'База данных уже последней версии.\n', err: '' }],
  move: [[], { code: 2, out: '', err: said(/^Данные не перенесены: во встроенной базе/) }],
  person: [
    ['export', '--account', '0012345', '--out', 'a.json'],
    { code: 0, out: said(/^лицевой счёт 0012345: записей 1 /), err: '' },
  ],
  qr: [['--bot', 'inkomus_bot', 'a.pdf'], { code: 0, out: said(/^a\.pdf: карточек \d+, листов 1; /), err: '' }],
  'reopen-linking': [['7777777'], { code: 1, out: '', err: said(/^Лицевого счёта 7777777 нет в реестре\./) }],
  restore: [['none.gz'], { code: 2, out: '', err: said(/^Копия не загружена: none\.gz: такого файла нет\./) }],
};

function said(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string;
}

let base: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
beforeAll(async () => {
  base = await testDatabase();
  folder = await passableFolder('inkomus-entries-');
  await base.db.insertInto('dataOwner').values({ owner: 'bot 4711', keyPrint: null }).execute();
  await make.account(base.db, { number: '0012345' });
  for (const requestNumber of [1, 2])
    await insertAuditEntry(base.db, { who: 'telegram:802', name: 'Ольга', what: 'desk.take', requestNumber }, new Date());
  await writeFile(join(folder, 'accounts.csv'), 'ЛС;ФИО;Адрес\n0010001;Иванов;Лесная, 1\nнет;Петров;Лесная, 2\n');
  const settings = {
    BOT_TOKEN: '4711:token',
    DATABASE_URL: base.url,
    DATA_DIR: 'data',
    SECRET_KEY: 'ab'.repeat(32),
    TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
  };
  await writeFile(
    join(folder, '.env'),
    Object.entries(settings)
      .map((pair) => `${pair.join('=')}\n`)
      .join(''),
  );
});
afterAll(async () => {
  await base.close();
  await rm(folder, { recursive: true, force: true });
});

test.each(Object.entries(CALLS))('npm run %s, by the .env beside it', async (command, [args, told]) => {
  expect(await spawnCommand(command as CommandName, args, {}, folder)).toEqual(told);
});

test('each script that is a command is called here, and each file beside them is one', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const called = Object.keys(CALLS).sort();
  expect(
    Object.keys(scripts)
      .filter((name) => scripts[name]?.includes('src/commands/'))
      .sort(),
  ).toEqual(called);
  expect(readdirSync('src/commands').filter((name) => name.endsWith('.ts'))).toEqual(called.map((name) => `${name}.ts`));
});
