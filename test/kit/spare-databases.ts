import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openPool } from '../../src/adapters/postgres/pool.ts';
import { onDatabase } from './database-address.ts';
import { emptied, schemaOf, sweep } from './emptying.ts';

/** Databases like the template: given out empty, emptied when they come back. */
export type SpareDatabases = {
  borrow(): Promise<string>;
  /** Never rejects: a database that cannot be made as it was is dropped. */
  giveBack(name: string): Promise<void>;
  /** Drops all. */
  close(): Promise<void>;
};

/** Dead rows gather in a database that is emptied: after so many lives it is swept. To clone one takes a hundred times as long as to empty one. */
export const LIVES_BETWEEN_SWEEPS = 60;

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
      const isEmpty =
        (await isLeftAlone(name)) &&
        (await within(name, async (pool) => {
          if (!(await emptied(pool, asNew))) return false;
          if (lived % LIVES_BETWEEN_SWEEPS === 0) await sweep(pool);
          return true;
        }).catch(() => false));
      if (isEmpty) free.push(name);
      else await drop(name).catch(() => {});
    },

    async close() {
      for (const name of [...free.splice(0), ...lent]) await drop(name).catch(() => {});
      lent.clear();
    },
  };
}
