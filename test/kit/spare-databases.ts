import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { onDatabase } from './database-address.ts';

/** Databases like the template: given out empty, emptied when they come back. */
export type SpareDatabases = {
  borrow(): Promise<string>;
  /** Never rejects: a database that cannot be made as it was is dropped. */
  giveBack(name: string): Promise<void>;
  /** Drops those that nobody has. */
  close(): Promise<void>;
};

/** Cloning takes ten times as long as emptying; what a test filled beyond this is cheaper to drop. */
const MOST_ROWS = 3000;
/** Dead rows gather in it. */
const MOST_LIVES = 60;

/** `server` is connected to the server's own database, `address` is that one's. */
export async function openSpareDatabases(server: Pool, address: string, template: string): Promise<SpareDatabases> {
  const free: string[] = [];
  /** Whoever gives one back a second time has it no more. */
  const lent = new Set<string>();
  const lives = new Map<string, number>();
  const asNew = await within(template, schemaOf);

  async function within<A>(name: string, work: (pool: Pool) => Promise<A>): Promise<A> {
    const pool = openPool({ connectionString: onDatabase(address, name), max: 1 });
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  }

  async function drop(name: string): Promise<void> {
    await server.query(`drop database if exists ${name} with (force)`);
  }

  async function isLeftAlone(name: string): Promise<boolean> {
    // Closed connections end a moment later.
    for (let looks = 0; looks < 10; looks += 1) {
      const { rowCount } = await server.query('select 1 from pg_stat_activity where datname = $1', [name]);
      if (rowCount === 0) return true;
      await sleep(20);
    }
    return false;
  }

  async function empty(pool: Pool): Promise<boolean> {
    if ((await schemaOf(pool)) !== asNew) return false;
    const { rows: tables } = await pool.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'kysely%'`,
    );
    const counts = tables.map(({ name }) => `select '${name}' as name, (select count(*)::integer from ${name}) as rows`);
    const { rows: filled } = await pool.query<{ name: string; rows: number }>(
      `select * from (${counts.join(' union all ')}) as t where rows > 0`,
    );
    if (filled.reduce((sum, { rows }) => sum + rows, 0) > MOST_ROWS) return false;
    // As a replica: neither foreign keys nor what forbids deleting stands in the way.
    await pool.query(
      [
        'begin; set local session_replication_role = replica',
        ...filled.map(({ name }) => `delete from ${name}`),
        `select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences where last_value is not null`,
        'commit',
      ].join('; '),
    );
    return true;
  }

  return {
    async borrow() {
      const spare = free.pop();
      const name = spare ?? `inkomus_test_${randomBytes(6).toString('hex')}`;
      if (spare === undefined) await server.query(`create database ${name} template ${template}`);
      lent.add(name);
      return name;
    },

    async giveBack(name) {
      if (!lent.delete(name)) return;
      const lived = (lives.get(name) ?? 0) + 1;
      lives.set(name, lived);
      const isEmpty = lived < MOST_LIVES && (await isLeftAlone(name)) && (await within(name, empty).catch(() => false));
      if (isEmpty) free.push(name);
      else await drop(name).catch(() => {});
    },

    async close() {
      for (const name of free.splice(0)) await drop(name);
    },
  };
}

/** What tells one schema from another: columns, constraints, indexes, functions, triggers, settings of the database, migrations that were run. */
async function schemaOf(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ schema: string }>(`
    select md5(string_agg(line, e'\\n' order by line)) as schema from (
      select attrelid::regclass::text || '.' || attname || ' ' || format_type(atttypid, atttypmod) || attnotnull::text || attidentity::text || attisdropped::text
        from pg_attribute join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace
      union all select conrelid::regclass::text || ' ' || conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
      union all select tgrelid::regclass::text || ' ' || tgname || tgenabled::text from pg_trigger where not tgisinternal
      union all select oid::regprocedure::text || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
      union all select 'migration ' || name from kysely_migration
      union all select setconfig::text from pg_db_role_setting join pg_database on pg_database.oid = setdatabase where datname = current_database()
    ) as lines (line)`);
  return rows[0]?.schema ?? '';
}
