import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { dump } from '../../src/adapters/postgres/backup/dump.ts';
import { frame } from '../../src/adapters/postgres/backup/frames.ts';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { readBackup } from '../../src/commands/backup/backup-file.ts';
import { putInto } from '../../src/commands/backup/put-into.ts';
import type { Db } from '../../src/records/database.ts';
import { migrate } from '../../src/records/migrate.ts';
import { runCommand } from '../kit/command.ts';
import { openBot } from '../kit/edge/open-bot.ts';
import { passableFolder } from '../kit/passable-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

const BOT = { BOT_TOKEN: '4711:token' };

let from: Awaited<ReturnType<typeof testDatabase>>;
let to: Awaited<ReturnType<typeof testDatabase>>;
let folder: string;
beforeEach(async () => {
  [from, to, folder] = await Promise.all([testDatabase(), testDatabase(), passableFolder('inkomus-backup-')]);
});
afterEach(async () => {
  await Promise.all([from.close(), to.close(), rm(folder, { recursive: true, force: true })]);
});

const into = (url: string) => ({ ...BOT, DATABASE_URL: url });

/** Every kind of value that a row may hold, rows that refer both ways, and triggers that derive others. */
async function fill(db: Db): Promise<void> {
  await sql`insert into data_owner (owner, key_print) values ('bot 4711', 'print')`.execute(db);
  const words = 'строка\nс «кавычками», \\ табуляцией\tи нулём \\N, 😀';
  await sql`insert into accounts (number, owner_name, address) values ('0010001', ${words}, 'ул. Лесная, д. 1'), ('0010002', 'Пётр', 'ул. Лесная, д. 2')`.execute(
    db,
  );
  await sql`insert into audit_log (at, who, name, what, details) values (now(), 'a', 'b', 'c', ${JSON.stringify({ words })})`.execute(
    db,
  );
  await sql`insert into meters (account, number, service, scale, value, value_day) values ('0010001', '77', 'Вода', '', 12.345, '2026-10-05')`.execute(
    db,
  );
}

/** Of each table its rows in their order, as text; but for what is of one server only, and what the audit log says of the commands themselves. */
async function contents(db: Db): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname <> all('{leads,write_probe,kysely_migration,kysely_migration_lock}') order by 1`.execute(db);
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const own = name === 'audit_log' ? sql`where what not like 'data.%'` : sql``;
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t ${own} order by ctid`.execute(db);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

/** What the audit log has of the commands. */
async function noted(db: Db): Promise<{ who: string; what: string; details: unknown }[]> {
  return db.selectFrom('auditLog').select(['who', 'what', 'details']).where('what', 'like', 'data.%').orderBy('id').execute();
}

test('what is written of one database stands in another, row for row; numbers go on, triggers and references hold', async () => {
  await fill(from.db);
  const path = join(folder, 'copy.gz');
  const written = await runCommand('backup', [path], into(from.url));
  expect(written).toMatchObject({ code: 0, err: '' });
  expect(written.out).toMatch(/^Копия записана и проверена: .*copy\.gz, строк \d+, 0,0 МБ\.\n$/);

  expect((await runCommand('restore', [path, '--check'], {})).out).toMatch(
    /^Копия цела: сделана .*, данные бота 4711, жителей 0, лицевых счетов 2/,
  );
  const read = await runCommand('restore', [path], into(to.url));
  expect(read).toMatchObject({ code: 0, err: '' });
  const before = await contents(from.db);
  expect(before['meter_values']).toHaveLength(1);
  expect(await contents(to.db)).toEqual(before);

  const audit = (db: Db) =>
    sql<{
      id: number;
    }>`insert into audit_log (at, who, name, what, details) values (now(), 'a', 'b', 'c', '{}') returning id`.execute(db);
  expect((await audit(to.db)).rows[0]?.id).toBe(3);
  await expect(sql`delete from audit_log`.execute(to.db)).rejects.toThrow();
  await expect(sql`delete from accounts`.execute(to.db)).rejects.toThrow();

  const who = 'command line';
  expect(await noted(from.db)).toEqual([
    { who, what: 'data.backup', details: { file: 'copy.gz', rows: expect.any(Number) as number } },
  ]);
  expect(await noted(to.db)).toEqual([
    { who, what: 'data.restore', details: { file: 'copy.gz', madeAt: expect.stringMatching(/^\d{4}-.*Z$/) as string } },
  ]);
});

test('who restores reads what is lost since the copy and what the bot will do a second time, each with the next move, before the start is named', async () => {
  await fill(from.db);
  for (const [kind, number] of [
    ['readings', 3],
    ['payments', 7],
    ['payments', 8],
  ] as const)
    await from.db.insertInto('exports').values({ kind, number, madeAt: new Date(), rows: 1, content: 'x' }).execute();
  const words = { messengerId: 'telegram:5', byName: 'Ольга', target: 'all' as const, place: '', words: 'Воды не будет' };
  const made = { ...words, madeAt: new Date(), stateAt: new Date() };
  await from.db
    .insertInto('announcements')
    .values([
      { ...made, number: 1, state: 'over', told: true, delivered: 0, undelivered: 0, unsent: 0 },
      { ...made, number: 2, state: 'sending', sendAt: new Date('2026-12-01T07:00:00Z') },
      { ...made, state: 'draft' },
    ])
    .execute();
  const path = join(folder, 'copy.gz');
  await runCommand('backup', [path], into(from.url));
  const { out } = await runCommand('restore', [path], { ...into(to.url), TIME_ZONE: 'Europe/Moscow' });
  const { madeAt } = ((await noted(to.db)).at(-1)?.details ?? {}) as { madeAt: string };
  const local = new Date(new Date(madeAt).getTime() + 3 * 3_600_000).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(local) ?? [];
  expect(out).toContain(
    `Того, что было после копии (${day}.${month}.${year} ${time}), в базе нет. До запуска:\n- платежи картой: `,
  );
  const lost = ['платежи картой', 'отзывы согласия и удаления', 'реестры', 'показания', 'обращения'];
  const again = ['выгрузки', 'объявления', 'уведомления'];
  expect([...out.matchAll(/^- (.*?)(?: по заявлению)?: /gm)].map(([, about]) => about)).toEqual([...lost, ...again]);
  expect(out.indexOf('npm start')).toBeGreaterThan(out.indexOf('- уведомления'));
  expect(out).toMatch(/npm start\. Если это проба копии, .* не запускайте: .*\n$/);
  expect(out).toContain('следующие получат номера 4 (показания) и 9 (платежи)');
  expect(out).toContain('в копии не разосланы № 2 (на 01.12.2026 10:00). Если они уже ушли, сразу после запуска остановите их');
});

test('it is of one moment, while others write', async () => {
  await fill(from.db);
  const over = new AbortController();
  const writing = (async () => {
    for (let number = 20_000; !over.signal.aborted; number += 2) {
      // Two that belong together: the copy has both or none.
      await from.db.transaction().execute(async (trx) => {
        await sql`insert into accounts (number, owner_name, address) values (${String(number)}, 'x', 'x')`.execute(trx);
        await sql`insert into meters (account, number, service, scale) values (${String(number)}, '1', 'Вода', '')`.execute(trx);
      });
    }
  })();
  const path = join(folder, 'copy.gz');
  expect(await runCommand('backup', [path], into(from.url))).toMatchObject({ code: 0, err: '' });
  over.abort();
  await writing;
  expect(await runCommand('restore', [path], into(to.url))).toMatchObject({ code: 0, err: '' });
  const { rows } = await sql<{ accounts: number; meters: number }>`
    select (select count(*) from accounts where number >= '2') as accounts, (select count(*) from meters where account >= '2') as meters
  `.execute(to.db);
  expect(rows[0]?.accounts).toBeGreaterThan(0);
  expect(rows[0]?.meters).toBe(rows[0]?.accounts);
});

test('nothing is overwritten', async () => {
  await fill(from.db);
  const path = join(folder, 'copy.gz');
  await runCommand('backup', [path], into(from.url));
  expect(await runCommand('backup', [path], into(from.url))).toMatchObject({
    code: 2,
    err: expect.stringContaining('файл уже есть'),
  });
  expect(await runCommand('restore', [path], into(from.url))).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /в этой базе уже есть данные, .* создайте новую пустую базу и назовите её в DATABASE_URL\. База осталась/,
    ),
  });
});

test('a database that no bot has used yet is told as one, and no file is left', async () => {
  await sql`drop schema public cascade; create schema public`.execute(from.db);
  const path = join(folder, 'copy.gz');
  expect(await runCommand('backup', [path], into(from.url))).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('в этой базе ещё нет данных бота'),
  });
  expect(await readdir(folder)).toEqual([]);
});

test('a copy that cannot be read back is none: nothing lies under its name, and that is told', async () => {
  await fill(from.db);
  // What comes to the disk is not what was packed.
  const packing = Object.getPrototypeOf(createGzip()) as Readable;
  const spied = vi.spyOn(packing, 'push').mockImplementation(function (this: Readable, chunk: Buffer | null) {
    return Readable.prototype.push.call(this, chunk && chunk.map((byte) => byte ^ 1));
  });
  onTestFinished(() => spied.mockRestore());
  const told = await runCommand('backup', [join(folder, 'copy.gz')], into(from.url));
  expect(told).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Копия не записана') });
  expect(await readdir(folder)).toEqual([]);
});

test('what is no whole copy changes nothing, and is told', async () => {
  await fill(from.db);
  const source = openPool({ connectionString: from.url, max: 1 });
  const pool = openPool({ connectionString: to.url, max: 4 });
  onTestFinished(async () => {
    await Promise.all([source.end(), pool.end()]);
  });
  const client = await source.connect();
  const parts: Buffer[] = [];
  for await (const part of dump(client)) parts.push(part);
  client.release();
  const bytes = gzipSync(Buffer.concat(parts));
  const opening = { opener: 'bot 4711', databaseUrl: to.url, dataDir: folder } as const;
  const read = (content: Buffer) =>
    readBackup(Readable.from([content]), (header, rest) => putInto({ pool, opening, inUse: false }, header, rest));

  const empty = await contents(to.db);
  const broken: [name: string, content: Buffer, told: RegExp][] = [
    ['cut', bytes.subarray(0, bytes.length - 40), /файл повреждён или записан не до конца/],
    ['a byte is another', Buffer.from(bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte))), /файл повреждён/],
    ['a table and the end are wanting', gzipSync(Buffer.concat(parts.slice(0, -2))), /файл повреждён/],
    ['rows are wanting', gzipSync(Buffer.concat(parts.filter((part) => !part.includes('{"words"')))), /файл повреждён/],
    ['more comes after the end', gzipSync(Buffer.concat([...parts, parts.at(-1) ?? Buffer.alloc(0)])), /файл повреждён/],
    ['a registry', Buffer.from('ЛС;ФИО\n'), /это не копия базы: нужен файл, который записала команда npm run backup/],
    ['not packed', gunzipSync(bytes), /не копия базы/],
    ['nothing', Buffer.alloc(0), /файл повреждён/],
    ['a packed registry', gzipSync('ЛС;ФИО\n'), /не копия базы/],
    [
      'of another version',
      gzipSync(frame('{"format":"inkomus-backup","version":2}')),
      /её сделала другая версия бота, .* загрузите копию той версией/,
    ],
  ];
  for (const [name, content, told] of broken) {
    expect({ name, error: await read(content).catch(String) }).toEqual({ name, error: expect.stringMatching(told) });
    expect(await contents(to.db)).toEqual(empty);
  }
  await read(bytes);
  expect(await contents(to.db)).toEqual(await contents(from.db));
  expect(await runCommand('restore', [join(folder, 'none')], into(to.url))).toMatchObject({
    code: 2,
    err: expect.stringContaining('такого файла нет'),
  });
  expect(await runCommand('restore', [folder, '--check'], {})).toEqual({
    code: 2,
    out: '',
    err: `Копия не прочитана: ${folder}: это папка, а нужен файл.\n`,
  });
});

test('a copy of another bot’s data, and of a bot at work, are refused', async () => {
  await fill(from.db);
  const path = join(folder, 'copy.gz');
  await runCommand('backup', [path], into(from.url));
  const other = await runCommand('restore', [path], { ...into(to.url), BOT_TOKEN: '99:token' });
  expect(other).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /это копия данных бота 4711, а BOT_TOKEN — бота 99: загрузите её с токеном бота 4711 .*Если вместо него теперь бот 99, .*--from 4711\. База/,
    ),
  });
  const tokenless = await runCommand('restore', [path], { DATA_DIR: folder });
  expect(tokenless).toMatchObject({
    code: 2,
    err: expect.stringMatching(/данных бота 4711, а без BOT_TOKEN .*: задайте BOT_TOKEN/),
  });
  await sql`insert into leads (name, holder, until) values ('outbox', 'a', now() + interval '1 minute')`.execute(to.db);
  expect(await runCommand('restore', [path], into(to.url))).toMatchObject({
    code: 2,
    err: expect.stringContaining('остановите его'),
  });
});

test.each([
  ['0001_identity', 'её делала версия до первого выпуска'],
  ['9999_of_the_future', 'копию сделала более новая версия бота'],
])('a copy whose schema this version has never had (%s) is refused, and called by what it is', async (migration, told) => {
  await sql`insert into kysely_migration (name, timestamp) values (${migration}, '2026-11-01')`.execute(from.db);
  const copy = join(folder, 'other.backup');
  expect(await runCommand('backup', [copy], into(from.url))).toMatchObject({ code: 0 });
  const refused = await runCommand('restore', [copy], into(to.url));
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(told) });
});

test('from embedded storage to a database of one’s own and back; where they were nobody opens them again', async () => {
  const data = join(folder, 'data');
  const embedded = await startEmbeddedPostgres(data, { fsync: false });
  const own = openDb(openPool({ connectionString: embedded.url, max: 2 }));
  await migrate(own);
  await fill(own);
  const before = await contents(own);
  await own.destroy();
  const there = { ...BOT, DATA_DIR: data, DATABASE_URL: to.url };

  expect(await runCommand('move', [], there)).toMatchObject({ code: 2, err: expect.stringContaining('бот ещё работает') });
  await embedded.stop();
  expect(await runCommand('move', [], there)).toMatchObject({ code: 0, err: '' });
  expect(await contents(to.db)).toEqual(before);
  expect(await noted(to.db)).toEqual([{ who: 'command line', what: 'data.move', details: { to: 'DATABASE_URL' } }]);
  expect(await runCommand('move', [], there)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/данные встроенной базы уже переехали в базу DATABASE_URL: запустите бота с ней \(npm start\)/),
  });
  expect(await runCommand('move', ['--back'], there)).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /остались данные, которые уже переехали, .* уберите в другое место .*\/postgres и .*postgres\.json\./,
    ),
  });
  expect(await runCommand('journal', [], { ...BOT, DATA_DIR: data })).toMatchObject({
    code: 2,
    err: expect.stringContaining('данные перенесены'),
  });

  const back = join(folder, 'back');
  expect(await runCommand('move', ['--back'], { ...there, DATA_DIR: back })).toMatchObject({ code: 0, err: '' });
  const again = await startEmbeddedPostgres(back, { fsync: false });
  const returned = openDb(openPool({ connectionString: again.url, max: 2 }));
  try {
    expect(await contents(returned)).toEqual(before);
  } finally {
    // The folder goes after each test, and before what a test has asked for at its end.
    await returned.destroy();
    await again.stop();
  }
  expect(await runCommand('journal', [], there)).toMatchObject({ code: 2, err: expect.stringContaining('данные перенесены') });
}, 300_000);

test('a copy of the sandbox holds its key: in an empty folder it opens, and a bot’s base does not take it', async () => {
  const [old, anew] = [join(folder, 'old'), join(folder, 'new')];
  const file = join(folder, 'accounts.csv');
  await writeFile(file, 'ЛС;ФИО;Адрес\n0010001;Иванов;Лесная, 1\n');
  await runCommand('import', [file], { DATA_DIR: old });
  expect(await runCommand('issue-password', ['0010001'], { DATA_DIR: old })).toMatchObject({ code: 0 });
  const copy = join(folder, 'toy.backup');
  expect(await runCommand('backup', [copy], { DATA_DIR: old })).toMatchObject({ code: 0, err: '' });
  expect((await runCommand('restore', [copy, '--check'], {})).out).toContain(', данные песочницы, ');

  expect(await runCommand('restore', [copy], into(to.url))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/это копия песочницы, а открыта база бота: .* без BOT_TOKEN и DATABASE_URL/),
  });
  const read = await runCommand('restore', [copy], { DATA_DIR: anew });
  expect(read).toMatchObject({ code: 0, err: '' });
  expect(read.out).toMatch(
    /Теперь запустите песочницу: npm start\. .*скопируйте до запуска в .*new\/sandbox .*journal\.jsonl и папку files\.\n$/,
  );
  const keyOf = (data: string) => readFile(join(data, 'sandbox/secret.key'), 'utf8');
  expect(await keyOf(anew)).toBe(await keyOf(old));
  expect((await stat(join(anew, 'sandbox/secret.key'))).mode & 0o777).toBe(0o600);
  // A key that is not the base's would be refused here.
  expect(await runCommand('issue-password', ['0010001'], { DATA_DIR: anew })).toMatchObject({ code: 0, err: '' });

  // What cannot be loaded leaves the key of what is there.
  expect(await runCommand('restore', [copy], { DATA_DIR: old })).toMatchObject({
    code: 2,
    err: expect.stringContaining('уже есть данные'),
  });
  expect(await keyOf(old)).toBe(await keyOf(anew));

  const sandbox = await openBot({ DATA_DIR: anew, BOT_TOKEN: '', SECRET_KEY: '', SMS_PROVIDER: '', TELEGRAM_API_ROOT: '' });
  await sandbox.close();
}, 300_000);
