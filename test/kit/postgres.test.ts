import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { testDatabase } from './postgres.ts';

test('each database is migrated, empty and apart from the others', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  await one.db.insertInto('idempotencyKeys').values({ key: 'k', outcome: '{}', at: new Date() }).execute();
  expect(await one.db.selectFrom('idempotencyKeys').select('key').execute()).toEqual([{ key: 'k' }]);
  expect(await other.db.selectFrom('idempotencyKeys').select('key').execute()).toEqual([]);
  await Promise.all([one.close(), other.close()]);
});

test('Russian letters are lowered and sorted', async () => {
  const { db, close } = await testDatabase();
  const { rows } = await sql<{ low: string; more: boolean }>`select lower('ЁЖ') as low, 'Я' > 'А' as more`.execute(db);
  expect(rows).toEqual([{ low: 'ёж', more: true }]);
  await close();
});

/** What a worker has is given out again by it: what one test did, the next does not see. */
describe('a database that was given back is', () => {
  const note = sql<{ id: number }>`insert into audit_log (at, who, what) values (now(), 'command line', 'test') returning id`;

  test('given out again with its connections, empty, its numbers from the beginning, nothing bound to a session', async () => {
    const before = await testDatabase();
    await note.execute(before.db);
    await sql`select pg_advisory_lock(7)`.execute(before.db);
    await sql`set time zone 'Asia/Tokyo'`.execute(before.db);
    await sql`create temporary table left_over (id integer)`.execute(before.db);
    await before.close();

    const asked = new Date();
    const { db, url, close } = await testDatabase();
    expect(url).toBe(before.url);
    // Of several that are kept any may be the one that is asked.
    const kept = sql`select backend_start < ${asked} as kept from pg_stat_activity where pid = pg_backend_pid()`;
    expect((await kept.execute(db)).rows).toEqual([{ kept: true }]);
    expect((await note.execute(db)).rows).toEqual([{ id: 1 }]);
    const { rows } = await sql`select (select count(*)::integer from audit_log) as notes,
      (select count(*)::integer from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') as locks,
      current_setting('TimeZone') = 'Asia/Tokyo' as "isTokyo", to_regclass('left_over') as "leftOver"`.execute(db);
    expect(rows).toEqual([{ notes: 1, locks: 0, isTokyo: false, leftOver: null }]);
    await close();
  });

  test.each([
    ['with another schema', 'alter table idempotency_keys drop constraint idempotency_keys_pkey'],
    ['with a trigger off', 'alter table audit_log disable trigger all'],
    ['with another function', `create or replace function made_up() returns integer language sql as 'select 1'`],
    [
      'with a setting of its own',
      `do $$ begin execute format('alter database %I set work_mem = ''5MB''', current_database()); end $$`,
    ],
    ['that a migration of the future was run on', `insert into kysely_migration (name, timestamp) values ('9999_later', 'now')`],
    [
      'with many rows',
      `insert into idempotency_keys (key, outcome, at) select n::text, '{}', now() from generate_series(1, 5000) n`,
    ],
  ])('gone %s', async (_, statement) => {
    const before = await testDatabase();
    await sql.raw(statement).execute(before.db);
    await before.close();
    const { db, url, close } = await testDatabase();
    expect(url).not.toBe(before.url);
    const { rows } = await sql`select from pg_database where datname = ${new URL(before.url).pathname.slice(1)}`.execute(db);
    expect(rows).toEqual([]);
    await close();
  });

  test('nobody’s while somebody is still in it', async () => {
    const before = await testDatabase();
    const pool = openPool({ connectionString: before.url, max: 1 });
    await pool.query('select 1');
    await before.close();
    const { url, close } = await testDatabase();
    expect(url).not.toBe(before.url);
    await close();
    await pool.end();
  });

  test('over for whoever goes on after its end, and for whoever is in the middle of it', async () => {
    const before = await testDatabase();
    await before.close();
    await expect(note.execute(before.db)).rejects.toThrow();
    await expect(before.pool.query('select 1')).rejects.toThrow('given back');
    await expect(before.pool.connect()).rejects.toThrow('given back');

    const { db, close } = await testDatabase();
    const [, noted] = await Promise.all([
      close(),
      note.execute(db).then(
        () => 'noted',
        () => 'refused',
      ),
    ]);
    const next = await testDatabase();
    expect(await next.db.selectFrom('auditLog').select('id').execute(), noted).toEqual([]);
    await next.close();
  });
});
