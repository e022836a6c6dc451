import { Kysely, PostgresDialect } from 'kysely';
import { type ClientBase, type CustomTypesConfig, Pool, type PoolConfig, types } from 'pg';
import type { Database, Db } from '../../records/database.ts';

/** How the house reads Postgres: bigint as a number (an error beyond 2^53), date as `YYYY-MM-DD` text, the rest as pg does (numeric is text, also `sum()` of a bigint: cast it back). */
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, readBigint],
  [types.builtins.DATE, (text) => text],
]);

const postgresTypes: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? (types.getTypeParser(oid, format) as (text: string) => unknown),
};

/** A pool that reads types as the house does; connections that break, idle or lent out, end quietly: the next query tells. */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, types: postgresTypes });
  pool.on('error', () => {});
  // One that is lent out and between two queries tells nobody else, and an error that nobody hears ends the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Kysely on such a pool; `destroy()` ends the pool too. */
export function openDb(pool: Pool): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

function readBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint from Postgres is larger than a number can hold');
  return value;
}

/** Kysely on one connection that is borrowed already, for what a pool cannot do (COPY inside a transaction); releasing it stays with who borrowed it. */
export function dbOnClient(client: ClientBase): Db {
  const borrowed = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => borrowed, end: async () => undefined };
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
