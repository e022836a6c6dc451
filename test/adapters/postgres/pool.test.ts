import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDb, openPool } from '../../../src/adapters/postgres/pool.ts';
import { openStatementNames } from '../../../src/adapters/postgres/statement-names.ts';
import { openVintages } from '../../../src/adapters/postgres/vintages.ts';
import { placeOfPostgres, startTcpProxy, type TcpProxy, throughPort } from '../../kit/edge/tcp-proxy.ts';
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

function open(queryMs: number, max = 4) {
  const pool = openPool({
    connectionString: throughPort(base.url, proxy.port),
    max,
    query_timeout: queryMs,
    connectionTimeoutMillis: 2_000,
  });
  return { pool, db: openDb(pool) };
}

const one = sql<{ pid: number }>`select pg_backend_pid() as pid`;

test('half-open connections: a query is given up in time, a transaction as a whole, and the next one has a new connection', async () => {
  const { db } = open(1_500);
  // Three connections, all of which will lead nowhere.
  await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(db)));
  proxy.freezeOpen();
  const unanswered = db.transaction().execute((trx) => one.execute(trx));
  await expect(unanswered).rejects.toMatchObject({ message: 'Query read timeout', code: 'ETIMEDOUT' });
  // One wait for what was not answered: a rollback is not tried, and neither are the two others, which were as old.
  await one.execute(db);
  const asked = proxy.swallowed.filter((message) => message.startsWith('Q'));
  expect(asked).toEqual([expect.stringContaining('begin')]);
  await db.destroy();
});

test('a commit that is not answered ends, too', async () => {
  const { db } = open(300);
  const committed = db.transaction().execute(async (trx) => {
    await one.execute(trx);
    proxy.freezeOpen();
  });
  await expect(committed).rejects.toThrow('Query read timeout');
  await one.execute(db);
  await db.destroy();
});

test('who was read-only is not asked again: a failover leaves connections that lead to what was the primary', async () => {
  const { db } = open(2_000, 1);
  const pid = async () => (await one.execute(db)).rows[0]?.pid;
  await sql`set default_transaction_read_only = on`.execute(db);
  const before = await pid();
  await expect(db.insertInto('groupSends').values({ at: new Date(), messages: 1 }).execute()).rejects.toMatchObject({
    code: '25006',
  });
  expect(await pid()).not.toBe(before);
  await db.insertInto('groupSends').values({ at: new Date(), messages: 1 }).execute();

  await sql`set default_transaction_read_only = on`.execute(db);
  const inTransaction = db.transaction().execute(async (trx) => {
    await trx.insertInto('groupSends').values({ at: new Date(), messages: 1 }).execute();
  });
  await expect(inTransaction).rejects.toMatchObject({ code: '25006' });
  await db.insertInto('groupSends').values({ at: new Date(), messages: 1 }).execute();
  await db.destroy();
});

test('a connection whose rollback failed is not lent out again: it may still be in its transaction', async () => {
  const { pool, db } = open(2_000, 1);
  const pid = async () => (await one.execute(db)).rows[0]?.pid;
  const before = await pid();
  const client = await pool.connect();
  const query = client.query.bind(client) as (text: unknown, values: unknown) => unknown;
  const refusing = (text: unknown, values: unknown) =>
    text === 'rollback' ? Promise.reject(new Error('refused')) : query(text, values);
  Object.assign(client, { query: refusing });
  client.release();
  const ours = db.transaction().execute(() => Promise.reject(new Error('ours')));
  await expect(ours).rejects.toThrow();
  expect(await pid()).not.toBe(before);
  await db.destroy();
});

test('a transaction that went on after a refused statement is not said to be committed', async () => {
  const { db } = open(2_000, 1);
  const swallowed = db.transaction().execute(async (trx) => {
    await trx.insertInto('groupSends').values({ at: new Date(), messages: 1 }).execute();
    await sql`select 1 / 0`.execute(trx).catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow();
  expect(await db.selectFrom('groupSends').selectAll().execute()).toEqual([]);
  await db.destroy();
});

test('an error of ours keeps the connection', async () => {
  const { db } = open(2_000, 1);
  const pid = async () => (await one.execute(db)).rows[0]?.pid;
  const before = await pid();
  await expect(sql`select 1 / 0`.execute(db)).rejects.toMatchObject({ code: '22012' });
  await expect(db.transaction().execute((trx) => sql`select nothing`.execute(trx))).rejects.toMatchObject({ code: '42703' });
  expect(await pid()).toBe(before);
  await db.destroy();
});

test('connections that the server ended are made anew: one query may learn of it, no second one', async () => {
  const { db } = open(2_000);
  await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(db)));
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
    base.db,
  );
  await one.execute(db).catch(() => undefined);
  await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(db)));
  await db.destroy();
});

test('where all refuse, connections are not made anew more than once a second', () => {
  let now = 0;
  const vintages = openVintages(() => now);
  const [first, second] = [{}, {}];
  vintages.born(first);
  now = 10;
  vintages.spoil();
  now = 20;
  vintages.born(second);
  now = 30;
  vintages.spoil();
  expect([first, second].map((one) => vintages.isGood(one))).toEqual([false, true]);
  now = 1_100;
  vintages.spoil();
  expect(vintages.isGood(second)).toBe(false);
});

/** How often the statements about the audit log that this connection remembers were run. */
const remembered = sql<{ runs: number }>`select (generic_plans + custom_plans)::integer as runs from pg_prepared_statements
  where statement like '%audit_log%'`;

function openNamed() {
  const pool = openPool({ connectionString: throughPort(base.url, proxy.port), max: 1 });
  return openDb(pool, openStatementNames());
}

test('a statement that comes again is parsed once a connection', async () => {
  const db = openNamed();
  for (let id = 1; id <= 6; id += 1) await db.selectFrom('auditLog').select('id').where('id', '=', id).execute();
  // From the third time on.
  expect((await remembered.execute(db)).rows).toEqual([{ runs: 4 }]);
  await db.destroy();
});

test('a column that a later release adds is nothing to who gets all columns', async () => {
  const db = openNamed();
  const insert = () => db.insertInto('groupSends').values({ at: new Date(), messages: 1 }).returningAll().execute();
  for (let n = 0; n < 3; n += 1) await insert();
  await sql`alter table group_sends add column more integer`.execute(base.db);
  expect(await insert()).toEqual([expect.objectContaining({ more: null })]);
  await db.destroy();
});

test('a schema that has changed under a named statement is told once, and the next time it works', async () => {
  const db = openNamed();
  const insert = () => db.insertInto('groupSends').values({ at: new Date(), messages: 1 }).returning('messages').execute();
  for (let n = 0; n < 3; n += 1) await insert();
  await sql`alter table group_sends alter column messages type bigint`.execute(base.db);
  await expect(insert()).rejects.toMatchObject({ code: '0A000' });
  expect(await insert()).toEqual([{ messages: 1 }]);
  await db.destroy();
});
