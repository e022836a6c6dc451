import { Kysely } from 'kysely';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { borrow, openPool } from '../../src/adapters/postgres/pool.ts';
import { camelCaseRows, SnakeCaseDialect } from '../../src/adapters/postgres/snake-case-dialect.ts';
import { openStatementNames } from '../../src/adapters/postgres/statement-names.ts';
import type { Database, Db } from '../../src/records/database.ts';
import { emptied, schemaOf, sweep } from './emptying.ts';
import { LIVES_BETWEEN_SWEEPS } from './spare-databases.ts';

/** A database that this worker has, with connections that the next test goes on with: to open one, and to learn the catalogue by it, is what costs. */
type Kept = { url: string; pool: Pool; sweeper: Pool; lives: number };

/** By which the connection is known that empties it. */
const SWEEPER = 'kit-sweeper';

/** As the product names its statements; what a worker's tests ask is more than what one process asks, and no table changes under them. */
const names = openStatementNames({ most: 2_000, allColumns: true });

const free: Kept[] = [];
/** More at once are seldom wanted. */
const MOST_FREE = 2;

let asNew: Promise<string> | undefined;

export type TestDatabase = {
  db: Db;
  /** The connections under `db`, for what takes a pool; ended with it, whoever ends it. */
  pool: Pool;
  url: string;
  close: () => Promise<void>;
};

/** A migrated, empty database of one's own on a real Postgres (`TEST_DATABASE_URL`, else an embedded one); `close` gives it back. */
export async function testDatabase(): Promise<TestDatabase> {
  const kept = free.pop() ?? (await lent());
  let isOver = false;
  let isEnded = false;
  /** Whoever goes on after the end of his test does not come into the next one's. */
  const connect = (): Promise<PoolClient> =>
    isOver ? Promise.reject(new Error('this database was given back')) : kept.pool.connect();
  const end = async () => {
    if (isOver || isEnded) return;
    isEnded = true;
    await endAll(kept);
  };
  const query = async (text: string | QueryConfig, values?: unknown[]) => {
    const client = await connect();
    try {
      return await client.query(text, values);
    } finally {
      client.release();
    }
  };
  const values = { connect: { value: connect }, query: { value: query }, end: { value: end } };
  const pool = Object.create(kept.pool, values) as Pool;
  const lend = () => (isOver ? connect() : borrow(kept.pool, names)) as ReturnType<typeof borrow>;
  const db = new Kysely<Database>({
    dialect: new SnakeCaseDialect({ pool: { connect: lend, end } }),
    plugins: [camelCaseRows],
  });
  return {
    db,
    pool,
    url: kept.url,
    close: async () => {
      // By the second time somebody else may have it.
      if (isOver) return;
      isOver = true;
      await db.destroy();
      if (!isEnded && (await isAsNew(kept).catch(() => false))) free.push(kept);
      else await giveBack(kept, isEnded);
    },
  };
}

async function lent(): Promise<Kept> {
  const answer = await fetch(inject('testDatabasesAt'));
  if (!answer.ok) throw new Error(`the tests' Postgres did not give a database: ${await answer.text()}`);
  const url = await answer.text();
  const pool = openPool({ connectionString: url, max: 10, allowExitOnIdle: true });
  // One of its own: to become a replica costs a connection all that it has planned, and the next test would plan it again.
  const sweeper = openPool({ connectionString: url, max: 1, application_name: SWEEPER, allowExitOnIdle: true });
  asNew ??= schemaOf(pool);
  await asNew;
  return { url, pool, sweeper, lives: 0 };
}

/** After it nobody of the kit's is in the database: it may be a template, or dropped. */
async function endAll({ pool, sweeper }: Kept): Promise<void> {
  await Promise.all([pool.end(), sweeper.end()]);
}

async function giveBack(kept: Kept, isEnded: boolean): Promise<void> {
  if (!isEnded) await endAll(kept);
  await fetch(new URL(new URL(kept.url).pathname, inject('testDatabasesAt')), { method: 'DELETE' });
}

/** Nobody is in it, nothing is in it, and its connections know nothing of the test. */
async function isAsNew(kept: Kept): Promise<boolean> {
  const { pool, sweeper } = kept;
  kept.lives += 1;
  if (free.length >= MOST_FREE) return false;
  if (pool.ending || pool.idleCount < pool.totalCount || pool.waitingCount > 0) return false;
  const clients = await Promise.all(Array.from({ length: Math.max(1, pool.totalCount) }, () => pool.connect()));
  const fit = await Promise.all(clients.map(isUnbound));
  const [first] = clients.filter((_, i) => fit[i]);
  try {
    if (!first || !(await isLeftAlone(first, clients.length))) return false;
    if (!(await emptied(first, (await asNew) ?? '', sweeper))) return false;
    if (kept.lives % LIVES_BETWEEN_SWEEPS === 0) await sweep(sweeper);
    return true;
  } finally {
    // The pool lends first what it was given last: the one that has planned most stays the first.
    for (const [i, client] of [...clients.entries()].toReversed()) client.release(!fit[i]);
  }
}

/** What a session keeps, but for the statements that it was given by name, which are the same for everybody. */
async function isUnbound(client: PoolClient): Promise<boolean> {
  const forget = 'rollback; reset all; select pg_advisory_unlock_all(); unlisten *; close all; discard temp; discard sequences';
  return client.query(forget).then(
    () => true,
    () => false,
  );
}

async function isLeftAlone(client: PoolClient, own: number): Promise<boolean> {
  // Closed connections end a moment later.
  for (let looks = 0; looks < 10; looks += 1) {
    const { rows } = await client.query<{ all: number }>({
      name: 'kit-alone',
      text: 'select count(*)::integer as all from pg_stat_activity where datname = current_database() and application_name <> $1',
      values: [SWEEPER],
    });
    if ((rows[0]?.all ?? 0) <= own) return true;
    await sleep(20);
  }
  return false;
}
