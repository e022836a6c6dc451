import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { dump } from '../../src/adapters/postgres/backup/dump.ts';
import { frame } from '../../src/adapters/postgres/backup/frames.ts';
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';
import { openDb, openPool } from '../../src/adapters/postgres/pool.ts';
import { readBackup } from '../../src/commands/backup/backup-file.ts';
import { putInto } from '../../src/commands/backup/put-into.ts';
import type { Db } from '../../src/records/database.ts';
import { migrate } from '../../src/records/migrate.ts';
import { runCommand } from '../kit/command.ts';
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

/** Of each table its rows in their order, as text; but for what is of one server only. */
async function contents(db: Db): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname <> all('{leads,write_probe,kysely_migration,kysely_migration_lock}') order by 1`.execute(db);
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by ctid`.execute(db);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
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
  expect((await audit(to.db)).rows[0]?.id).toBe(2);
  await expect(sql`delete from audit_log`.execute(to.db)).rejects.toThrow();
  await expect(sql`delete from accounts`.execute(to.db)).rejects.toThrow();
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
    err: expect.stringContaining('в этой базе уже есть данные'),
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
    ['a registry', Buffer.from('ЛС;ФИО\n'), /файл повреждён/],
    ['not packed', gunzipSync(bytes), /файл повреждён/],
    ['nothing', Buffer.alloc(0), /файл повреждён|не копия/],
    ['a packed registry', gzipSync('ЛС;ФИО\n'), /файл повреждён|не копия/],
    ['of another version', gzipSync(frame('{"format":"inkomus-backup","version":2}')), /не копия, сделанная npm run backup/],
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
});

test('a copy of another bot’s data, and of a bot at work, are refused', async () => {
  await fill(from.db);
  const path = join(folder, 'copy.gz');
  await runCommand('backup', [path], into(from.url));
  const other = await runCommand('restore', [path], { ...into(to.url), BOT_TOKEN: '99:token' });
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('это данные бота 4711') });
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
