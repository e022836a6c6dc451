import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { runCommand, spawnCommand } from '../kit/command.ts';
import { onDatabase } from '../kit/database-address.ts';
import { otherDatabase, SQL_ASCII } from '../kit/other-database.ts';
import { ownFolder } from '../kit/own-folder.ts';
import { testDatabase } from '../kit/postgres.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  base = await testDatabase();
});
afterAll(() => base.close());

const migrate = (url: string, ...args: string[]) => runCommand('migrate', args, { DATABASE_URL: url });

test('an empty database is brought up, a second time changes nothing', async () => {
  await sql`drop schema public cascade`.execute(base.db);
  await sql`create schema public`.execute(base.db);
  expect(await migrate(base.url)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('0001_residents') });
  expect(await migrate(base.url)).toEqual({ code: 0, err: '', out: 'База данных уже последней версии.\n' });
  expect(await base.db.selectFrom('outbox').where('kind', '=', 'notice').selectAll().execute()).toEqual([]);
});

test('two processes at once do not hinder each other', async () => {
  await sql`drop schema public cascade`.execute(base.db);
  await sql`create schema public`.execute(base.db);
  const both = await Promise.all([migrate(base.url), spawnCommand('migrate', [], { DATABASE_URL: base.url })]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
});

test.each([
  ['postgres://user:pa55word@127.0.0.1:1/x', 'ECONNREFUSED'],
  ['mysql://user:pa55word@127.0.0.1/x', 'DATABASE_URL'],
])('%s is refused in a sentence without the password', async (url, told) => {
  const { code, out, err } = await migrate(url);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(told);
  expect(err).not.toContain('pa55word');
  expect(err).not.toMatch(/\n\s+at /);
});

test('no such database, and one of a newer version: what to do is said', async () => {
  const away = await migrate(onDatabase(base.url, 'no_such_database'));
  expect(away).toMatchObject({ code: 1, err: expect.stringContaining('3D000; такой базы нет: создайте её') });
  await sql`insert into kysely_migration (name, timestamp) values ('9999_of_the_future', '2030-01-01')`.execute(base.db);
  const newer = await migrate(base.url);
  expect(newer).toMatchObject({ code: 1, err: expect.stringContaining('базу уже обновила более новая версия бота') });
  await sql`update kysely_migration set name = '0005_notices' where name = '9999_of_the_future'`.execute(base.db);
  const before = await migrate(base.url);
  expect(before).toMatchObject({ code: 1, err: expect.stringContaining('от версии до первого выпуска') });
  await sql`delete from kysely_migration where name = '0005_notices'`.execute(base.db);
});

test('one of another encoding is left alone, by migrate and by whatever else would put something in', async () => {
  const url = await otherDatabase(base, SQL_ASCII);
  const why = /DATABASE_URL: база в кодировке SQL_ASCII, а нужна UTF8: создайте другую \(create database .*\) и укажите её\./;
  expect(await migrate(url)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(why) });
  const pool = openPool({ connectionString: url, max: 1 });
  onTestFinished(() => pool.end());
  const settings = { BOT_TOKEN: '4711:token', DATABASE_URL: url };
  const copy = join(await ownFolder('inkomus-migrate-'), 'copy.gz');
  expect(await runCommand('backup', [copy], { ...settings, DATABASE_URL: base.url })).toMatchObject({ code: 0, err: '' });
  expect(await runCommand('restore', [copy], settings)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(why) });
  expect((await pool.query(`select from pg_tables where schemaname = 'public'`)).rowCount).toBe(0);
  expect(await runCommand('export', ['readings'], settings)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(why) });
});

test('help and a slip of the command', async () => {
  expect(await migrate(base.url, '--help')).toMatchObject({ code: 0, out: expect.stringContaining('DATABASE_URL') });
  expect(await migrate(base.url, '--halp')).toMatchObject({ code: 2, err: expect.stringContaining('--help') });
});
