import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { onDatabase } from './database-address.ts';
import { testDatabase } from './postgres.ts';
import { openSpareDatabases, type SpareDatabases } from './spare-databases.ts';

let address = '';
let spare: SpareDatabases;
let end: () => Promise<void>;

beforeAll(async () => {
  const template = await testDatabase();
  // Nobody may be connected to a template.
  await template.pool.end();
  address = onDatabase(template.url, 'postgres');
  const server = openPool({ connectionString: address, max: 2 });
  spare = await openSpareDatabases(server, address, new URL(template.url).pathname.slice(1));
  end = async () => {
    await spare.close();
    await server.end();
    await template.close();
  };
});

afterAll(() => end());

async function inside(name: string, statement: string): Promise<unknown[]> {
  const pool = openPool({ connectionString: onDatabase(address, name), max: 1 });
  const { rows } = (await pool.query(statement)) as { rows: unknown[] };
  await pool.end();
  return rows;
}

const NOTE = `insert into audit_log (at, who, what) values (now(), 'command line', 'test') returning id`;

test('a database that comes back is given out again, empty, its numbers from the beginning, also what may not be deleted', async () => {
  const name = await spare.borrow();
  expect(await inside(name, NOTE)).toEqual([{ id: 1 }]);
  await spare.giveBack(name);
  expect(await spare.borrow()).toBe(name);
  expect(await inside(name, 'select id from audit_log')).toEqual([]);
  expect(await inside(name, NOTE)).toEqual([{ id: 1 }]);
  await expect(inside(name, 'delete from audit_log')).rejects.toThrow('append-only');
  await spare.giveBack(name);
});

test('one that is given back twice is there once', async () => {
  const name = await spare.borrow();
  await spare.giveBack(name);
  await spare.giveBack(name);
  const both = [await spare.borrow(), await spare.borrow()];
  expect(new Set(both).size).toBe(2);
  for (const each of both) await spare.giveBack(each);
});

test.each([
  ['with a table more', 'create table left_over (id integer)'],
  ['with a constraint less', 'alter table idempotency_keys drop constraint idempotency_keys_pkey'],
  ['that a migration of the future was run on', `insert into kysely_migration (name, timestamp) values ('9999_later', 'now')`],
  [
    'with many rows',
    `insert into idempotency_keys (key, outcome, at) select n::text, '{}', now() from generate_series(1, 5000) n`,
  ],
])('a database %s is dropped', async (_, statement) => {
  const name = await spare.borrow();
  await inside(name, statement);
  await spare.giveBack(name);
  expect(await inside('postgres', `select datname from pg_database where datname = '${name}'`)).toEqual([]);
});

test('a database that somebody is still in is dropped', async () => {
  const name = await spare.borrow();
  const pool = openPool({ connectionString: onDatabase(address, name), max: 1 });
  await pool.query('select 1');
  await spare.giveBack(name);
  expect(await inside('postgres', `select datname from pg_database where datname = '${name}'`)).toEqual([]);
  await pool.end();
});
