import { Kysely, type PostgresPoolClient } from 'kysely';
import { type ClientBase, type CustomTypesConfig, Pool, type PoolClient, type PoolConfig, types } from 'pg';
import type { Database, Db } from '../../records/database.ts';
import { unlessLost } from './lost-statements.ts';
import { camelCaseRows, SnakeCaseDialect } from './snake-case-dialect.ts';
import type { StatementNames } from './statement-names.ts';
import { openVintages, type Vintages } from './vintages.ts';

/** How the house reads Postgres: bigint as a number (an error beyond 2^53), date as `YYYY-MM-DD` text, the rest as pg does (numeric is text, also `sum()` of a bigint: cast it back). */
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, readBigint],
  [types.builtins.DATE, (text) => text],
]);

const postgresTypes: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? (types.getTypeParser(oid, format) as (text: string) => unknown),
};

/** Which connections of a pool may still be lent out. */
const vintagesOf = new WeakMap<Pool, Vintages>();

/** A pool that reads types as the house does; connections that break, idle or lent out, end quietly: the next query tells. */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool({ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...config, types: postgresTypes });
  const vintages = openVintages();
  vintagesOf.set(pool, vintages);
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    vintages.born(client);
    // One that is lent out and between two queries tells nobody else, and an error that nobody hears ends the process.
    client.on('error', () => {});
  });
  return pool;
}

/** Kysely on such a pool; `destroy()` ends the pool too. Statements go out under `names`, if there are any. */
export function openDb(pool: Pool, names?: StatementNames): Db {
  const lent = { connect: () => borrow(pool, names), end: () => pool.end() };
  return new Kysely<Database>({ dialect: new SnakeCaseDialect({ pool: lent }), plugins: [camelCaseRows] });
}

/** A connection of the pool; it, and all that are as old, is not lent out again once an answer of it says that it leads to the wrong place or nowhere. */
export async function borrow(
  pool: Pool,
  names: StatementNames = () => undefined,
): Promise<Pick<PoolClient, 'query' | 'release'> & PostgresPoolClient> {
  const client = await freshOf(pool);
  let spoilt: Error | undefined;
  let released = false;

  // Kysely asks for `destroy` after a rollback that failed: the connection may still be in its transaction.
  function release(destroy?: Error | boolean): void {
    if (released) return;
    released = true;
    client.release(spoilt ?? destroy);
  }

  async function watched<T>(answer: () => Promise<T>): Promise<T> {
    if (released && spoilt) throw spoilt;
    try {
      return await answer();
    } catch (error) {
      if (!(error instanceof Error) || !spoils(error)) throw error;
      nameTimeout(error);
      spoilt = error;
      vintagesOf.get(pool)?.spoil();
      // What comes after a query that was not answered would wait behind it: a `rollback`, then whoever is lent the connection next.
      if (error.message === UNANSWERED) release();
      throw error;
    }
  }

  const query = (text: unknown, values?: unknown) =>
    watched(() => unlessLost(pool, client, () => client.query(named(text, values) as string, values as unknown[])));

  // What has no values (`begin`) goes in one message as it is.
  function named(text: unknown, values: unknown): unknown {
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return text;
    const name = names(text);
    return name === undefined ? text : { name, text };
  }

  return { query: query as PoolClient['query'] & PostgresPoolClient['query'], release };
}

/** One that was made since a connection was last found spoilt: those that are older lead to the same place. */
async function freshOf(pool: Pool): Promise<PoolClient> {
  for (;;) {
    const client = await pool.connect().catch((error: unknown) => {
      if (error instanceof Error) nameTimeout(error);
      throw error;
    });
    if (vintagesOf.get(pool)?.isGood(client) ?? true) return client;
    client.release(true);
  }
}

/** What pg says when `query_timeout` is over: the connection may be half-open. */
const UNANSWERED = 'Query read timeout';

/**
 * SQLSTATEs after which another connection may do better: read-only (it leads to what was the primary), given up by the server, a pooler's
 * complaint, statements that this connection remembers and the server does not, or otherwise.
 */
const SPOILT = /^(08...|25006|25P0[34]|57P0[1-5]|26000|42P05|0A000)$/;

function spoils(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return error.message === UNANSWERED || SPOILT.test(code);
}

/** pg's own time limits have words only, and words are in no log. */
function nameTimeout(error: Error): void {
  if (!('code' in error) && /timeout/.test(error.message)) Object.assign(error, { code: 'ETIMEDOUT' });
}

function readBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint from Postgres is larger than a number can hold');
  return value;
}

/** Kysely on one connection that is borrowed already, for what a pool cannot do (COPY inside a transaction); releasing it stays with who borrowed it. */
export function dbOnClient(client: Pick<ClientBase, 'query'>): Db {
  const borrowed = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => borrowed, end: async () => undefined };
  return new Kysely<Database>({ dialect: new SnakeCaseDialect({ pool }), plugins: [camelCaseRows] });
}
