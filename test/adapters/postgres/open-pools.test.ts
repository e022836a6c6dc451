import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openPools } from '../../../src/adapters/postgres/open-pools.ts';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { codesOf, whyNotMigrated } from '../../../src/adapters/postgres/unusable.ts';
import { migrate } from '../../../src/records/migrate.ts';
import { onDatabase } from '../../kit/database-address.ts';
import { placeOfPostgres, startTcpProxy, type TcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
import { otherDatabase, SQL_ASCII } from '../../kit/other-database.ts';
import { testDatabase } from '../../kit/postgres.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let proxy: TcpProxy;

beforeEach(async () => {
  base = await testDatabase();
  proxy = await startTcpProxy(placeOfPostgres(base.url));
});
afterEach(async () => {
  await proxy.close();
  await base.close();
});

async function opened(url: string) {
  const pools = await openPools(url, () => {});
  onTestFinished(async () => {
    await Promise.all([pools.pool.end(), pools.patientPool.end()]);
  });
  return pools;
}

test('Postgres that is not there yet is waited for, and why is told once', async () => {
  proxy.cut();
  const told: string[] = [];
  const opening = openPools(throughPort(base.url, proxy.port), (why) => {
    told.push(why);
    setTimeout(proxy.mend, 1_200);
  });
  const { pool, patientPool } = await opening;
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect(told).toHaveLength(1);
  await Promise.all([pool.end(), patientPool.end()]);
});

test('it is not waited for for ever, and no address is told', async () => {
  const url = 'postgres://inkomus:pg-password@127.0.0.1:1/inkomus';
  const failing = openPools(url, () => {}, { waitMs: 100 });
  await expect(failing).rejects.toThrow(
    /^DATABASE_URL: Postgres недоступен \(ECONNREFUSED\): запустите его или исправьте адрес$/,
  );
});

test.each([
  ['a user that it does not know', { user: 'somebody' }, /\(28(000|P01)\): не впускает этого пользователя: .*пишутся кодами/],
  ['no such database', { database: 'no_such_database' }, /\(3D000\): такой базы нет: создайте её или исправьте имя$/],
  [
    'no such host',
    { host: 'no-such-host.invalid' },
    /\((ENOTFOUND|EAI_AGAIN)\): такого узла нет: исправьте его имя .*пишутся кодами/,
  ],
] as const)('%s is said at once, with the next move', async (_, wrong, sentence) => {
  const url = new URL(throughPort(base.url, proxy.port));
  if ('user' in wrong) url.username = wrong.user;
  if ('database' in wrong) url.pathname = wrong.database;
  if ('host' in wrong) url.hostname = wrong.host;
  await expect(openPools(url.href, () => {}, { waitMs: 0 })).rejects.toThrow(sentence);
});

test('wrong settings are not waited for', async () => {
  const url = new URL(throughPort(base.url, proxy.port));
  url.pathname = 'no_such_database';
  const waits: string[] = [];
  await expect(openPools(url.href, (why) => waits.push(why))).rejects.toThrow('3D000');
  expect(waits).toEqual([]);
});

test('a database of another encoding is not used, and the sentence says how to make one', async () => {
  const url = throughPort(await otherDatabase(base, SQL_ASCII), proxy.port);
  await expect(openPools(url, () => {})).rejects.toThrow(
    /^DATABASE_URL: база в кодировке SQL_ASCII, а нужна UTF8: создайте другую \(create database ИМЯ encoding 'UTF8' /,
  );
  // What the sentence says can be done, on a server of any locale, and does.
  await opened(throughPort(await otherDatabase(base, "encoding 'UTF8' locale 'C'"), proxy.port));
});

test('the server ends what nobody waits for any more', async () => {
  const { pool, patientPool } = await opened(base.url);
  const shown = async (of: typeof pool, name: string) => (await of.query(`show ${name}`)).rows[0];
  expect(await shown(pool, 'statement_timeout')).toEqual({ statement_timeout: '25s' });
  expect(await shown(pool, 'idle_in_transaction_session_timeout')).toEqual({ idle_in_transaction_session_timeout: '1min' });
  expect(await shown(patientPool, 'statement_timeout')).toEqual({ statement_timeout: '0' });
});

test('it is known that nobody stands between', async () => {
  expect((await opened(base.url)).pooled).toBe(false);
  expect((await opened(throughPort(base.url, proxy.port))).pooled).toBe(false);
});

test('a role that may not create tables is told what to do', async () => {
  const name = `inkomus_${randomBytes(6).toString('hex')}`;
  await sql.raw(`create database ${name}`).execute(base.db);
  await sql.raw(`create role ${name} login`).execute(base.db);
  const url = new URL(throughPort(onDatabase(base.url, name), proxy.port));
  url.username = name;
  const db = openDb(openPool({ connectionString: url.href, max: 1 }));
  const failed: unknown = await migrate(db).catch((error: unknown) => error);
  expect(whyNotMigrated(failed).message).toMatch(
    /^DATABASE_URL: .* \(42501\): роли нельзя создавать таблицы: сделайте её владельцем базы \(alter database ИМЯ owner to РОЛЬ\)$/,
  );
  await db.destroy();
  await sql.raw(`drop database ${name} with (force)`).execute(base.db);
  await sql.raw(`drop role ${name}`).execute(base.db);
});

test('a database of a newer version is not touched, and called so', async () => {
  await sql`insert into kysely_migration (name, timestamp) values ('9999_of_the_future', '2030-01-01')`.execute(base.db);
  const failed: unknown = await migrate(base.db).catch((error: unknown) => error);
  expect(whyNotMigrated(failed).message).toMatch(
    /^DATABASE_URL: .* более новая версия бота: запустите её или восстановите копию/,
  );
});

test.each([
  '0001_operations',
  '0001_identity',
  '0010_quiet_closings',
  '0010_names',
  '0011_told_sums',
  '0012_registry_orders_begun',
])('a database of before the first release (%s) is not touched, and called so', async (first) => {
  const name = `inkomus_${randomBytes(6).toString('hex')}`;
  await sql.raw(`create database ${name}`).execute(base.db);
  const db = openDb(openPool({ connectionString: onDatabase(base.url, name), max: 2 }));
  await sql`create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(db);
  await sql`insert into kysely_migration values (${first}, '2026-11-01')`.execute(db);
  const failed: unknown = await migrate(db).catch((error: unknown) => error);
  expect(whyNotMigrated(failed).message).toMatch(/^DATABASE_URL: .* версия до первого выпуска, .* дайте пустую базу/);
  const { rows } = await sql`select from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`.execute(db);
  expect(rows).toEqual([]);
  await db.destroy();
  await sql.raw(`drop database ${name} with (force)`).execute(base.db);
});

test.each([
  ['links', 'charges_told_dues'],
  ['announcements', 'corrects'],
  ['registry_orders', 'begun'],
])(
  'a database that ran a draft of the tenth migration (without %s.%s) is called so, and stays as it is',
  async (table, column) => {
    expect(await migrate(base.db)).toEqual([]);
    await sql`alter table ${sql.table(table)} drop column ${sql.ref(column)} cascade`.execute(base.db);
    const last = sql`delete from kysely_migration where name = '0010_closings_and_told_sums'`;
    const failed: unknown = await migrate(base.db).catch((error: unknown) => error);
    expect(whyNotMigrated(failed).message).toMatch(/^DATABASE_URL: .* версия до первого выпуска, .* дайте пустую базу/);
    // Nor is it taken for one on which the tenth is still to be run.
    await last.execute(base.db);
    await expect(migrate(base.db)).rejects.toThrow('draft');
    expect((await sql`select from kysely_migration where name like '0010%'`.execute(base.db)).rows).toEqual([]);
  },
);

test('several addresses of one host have one reason', () => {
  const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
  expect(codesOf(new AggregateError([refused, refused]))).toBe('ECONNREFUSED');
});
